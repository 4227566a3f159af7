import AccountBookOutlined from '@ant-design/icons/AccountBookOutlined'
import AlertOutlined from '@ant-design/icons/AlertOutlined'
import ApartmentOutlined from '@ant-design/icons/ApartmentOutlined'
import ApiOutlined from '@ant-design/icons/ApiOutlined'
import AppstoreOutlined from '@ant-design/icons/AppstoreOutlined'
import AuditOutlined from '@ant-design/icons/AuditOutlined'
import BellOutlined from '@ant-design/icons/BellOutlined'
import BuildOutlined from '@ant-design/icons/BuildOutlined'
import BulbOutlined from '@ant-design/icons/BulbOutlined'
import CloudOutlined from '@ant-design/icons/CloudOutlined'
import CloudServerOutlined from '@ant-design/icons/CloudServerOutlined'
import ClusterOutlined from '@ant-design/icons/ClusterOutlined'
import DeleteOutlined from '@ant-design/icons/DeleteOutlined'
import DesktopOutlined from '@ant-design/icons/DesktopOutlined'
import EyeOutlined from '@ant-design/icons/EyeOutlined'
import FileDoneOutlined from '@ant-design/icons/FileDoneOutlined'
import FileTextOutlined from '@ant-design/icons/FileTextOutlined'
import FundProjectionScreenOutlined from '@ant-design/icons/FundProjectionScreenOutlined'
import HddOutlined from '@ant-design/icons/HddOutlined'
import HomeOutlined from '@ant-design/icons/HomeOutlined'
import IdcardOutlined from '@ant-design/icons/IdcardOutlined'
import InboxOutlined from '@ant-design/icons/InboxOutlined'
import KeyOutlined from '@ant-design/icons/KeyOutlined'
import LoginOutlined from '@ant-design/icons/LoginOutlined'
import MergeCellsOutlined from '@ant-design/icons/MergeCellsOutlined'
import MoneyCollectOutlined from '@ant-design/icons/MoneyCollectOutlined'
import PlusSquareOutlined from '@ant-design/icons/PlusSquareOutlined'
import ProfileOutlined from '@ant-design/icons/ProfileOutlined'
import SafetyCertificateOutlined from '@ant-design/icons/SafetyCertificateOutlined'
import ScheduleOutlined from '@ant-design/icons/ScheduleOutlined'
import ShopOutlined from '@ant-design/icons/ShopOutlined'
import SyncOutlined from '@ant-design/icons/SyncOutlined'
import TagsOutlined from '@ant-design/icons/TagsOutlined'
import TeamOutlined from '@ant-design/icons/TeamOutlined'
import WarningOutlined from '@ant-design/icons/WarningOutlined'
import type { ReactNode } from 'react'
import type { PageRoute } from '../routes.ts'

/** One a page of the navigation. */
export const icons: Readonly<Partial<Record<PageRoute['title'], ReactNode>>> = {
  home: <HomeOutlined />,
  catalogue: <AppstoreOutlined />,
  newRequest: <PlusSquareOutlined />,
  requests: <FileTextOutlined />,
  inbox: <InboxOutlined />,
  collections: <MergeCellsOutlined />,
  systems: <ProfileOutlined />,
  resources: <CloudServerOutlined />,
  operations: <SyncOutlined />,
  recycleBin: <DeleteOutlined />,
  bills: <MoneyCollectOutlined />,
  statements: <AccountBookOutlined />,
  advice: <BulbOutlined />,
  nodes: <ClusterOutlined />,
  platforms: <CloudOutlined />,
  pools: <HddOutlined />,
  offerings: <ShopOutlined />,
  prices: <TagsOutlined />,
  board: <FundProjectionScreenOutlined />,
  audit: <AuditOutlined />,
  actsOnMine: <EyeOutlined />,
  findings: <WarningOutlined />,
  grants: <IdcardOutlined />,
  grantReviews: <FileDoneOutlined />,
  emergencyGrants: <AlertOutlined />,
  organisations: <ApartmentOutlined />,
  people: <TeamOutlined />,
  identityPolicy: <KeyOutlined />,
  identityProviders: <LoginOutlined />,
  demandPlans: <ScheduleOutlined />,
  templates: <BuildOutlined />,
  rules: <SafetyCertificateOutlined />,
  notices: <BellOutlined />,
  webhooks: <ApiOutlined />,
  request: <DesktopOutlined />,
}
