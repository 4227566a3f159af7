import { Drawer } from 'antd'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'

/** The navigation where a window is too narrow to have it beside the page. */
export const NavigationDrawer = ({ onClose }: { readonly onClose: () => void }) => (
  <Drawer open onClose={onClose} placement="left" size={260} title={<Brand />} styles={{ body: { padding: 8 } }}>
    <Navigation folded={false} onGo={onClose} />
  </Drawer>
)
