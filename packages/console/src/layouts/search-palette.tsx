import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from '../i18n/index.ts'
import { joined } from '../ui/joined.ts'
import { type Hit, useHits } from './search-hits.ts'
import styles from './search-palette.module.css'

/** Everything by its name, from anywhere: arrows choose, Enter opens. */
export const SearchPalette = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const { hits, isWaiting } = useHits(text)
  const [entered, setEntered] = useState(false)
  const at = Math.min(chosen, hits.length - 1)
  const first = hits[0]?.to
  const open = (hit: Hit | undefined) => {
    if (!hit) return
    onClose()
    void navigate({ to: hit.to })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return // these keys are the input method's: Enter takes its word
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen((at + step + hits.length) % Math.max(1, hits.length))
    }
    if (event.key !== 'Enter') return
    // What still stands there was found for fewer letters.
    if (isWaiting && chosen === 0) setEntered(true)
    else open(hits[at])
  }
  useEffect(() => {
    if (!entered || isWaiting) return
    setEntered(false)
    if (first) {
      onClose()
      void navigate({ to: first })
    }
  }, [entered, isWaiting, first, onClose, navigate])
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      title={null}
      className={styles.palette ?? ''}
      width={620}
    >
      <Input
        autoFocus
        size="large"
        variant="borderless"
        role="combobox"
        aria-expanded
        aria-controls="search-hits"
        aria-activedescendant={hits[at] ? `search-hit-${at}` : undefined}
        aria-label={t('shell.search')}
        placeholder={t('shell.searchHint')}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.target.value)
          setEntered(false)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="search-hits" role="listbox" aria-label={t('shell.search')} className={styles.hits}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
          <div
            key={hit.key}
            id={`search-hit-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={styles.hit}
            onClick={() => open(hit)}
            onMouseMove={() => setChosen(index)}
          >
            <span>{hit.title}</span>
            <small>{joined([hit.hint, hit.group])}</small>
          </div>
        ))}
        {hits.length === 0 && <p className={styles.nothing}>{t('shell.searchNothing', { text })}</p>}
      </div>
    </Modal>
  )
}
