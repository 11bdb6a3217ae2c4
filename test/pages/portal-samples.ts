import type { Page } from '../../src/pages/index.ts'

const site = {
  home: 'http://localhost:3007',
  name: 'Nguyễn Thị Ánh Nguyệt',
  csrf: 'c-1',
  login: '/login?return_to=%2F',
  isProfile: false,
}
const visitor = { ...site, name: undefined, csrf: undefined }

const card = { id: 'identity-card', name: 'Cấp hoặc đổi thẻ căn cước', level: 2 }
const land = {
  id: 'land-change',
  name: 'Registration of a change in land',
  level: 2,
  authenticationLevel: 4,
}
const absence = { id: 'temporary-absence', name: 'Khai báo tạm vắng', level: 1 }

const idToken = {
  sub: 'k1Qm0aO2mBvYtq2o0S4pF3cJ9xW7eR6uT5iL8nZ4hDg',
  acr: 'urn:mock-vneid:authentication:4',
  amr: ['pwd', 'otp', 'pin', 'mfa'],
}

/** The pages of the demo portal, most of them in their fullest state. */
export const portalSamples: Record<string, Pick<Page, 'view' | 'data'>> = {
  'portal/home': {
    view: 'portal/home',
    data: { site: visitor, query: '', services: [card, land, absence] },
  },
  'portal/home, searched': {
    view: 'portal/home',
    data: { site, query: 'căn cước', services: [card] },
  },
  'portal/service': {
    view: 'portal/service',
    data: {
      site,
      service: land,
      ahead: { what: 'other_account', values: { has: 1, level: 2 } },
      otherAccount: '/login?account=other',
    },
  },
  'portal/apply': {
    view: 'portal/apply',
    data: {
      site,
      service: land,
      csrf: 'c-1',
      phone: '+84901234289',
      email: 'nguyen.thi.anh.nguyet.mot-nghin-chin-tram-chin-muoi-hai@example.vn',
      number: '097192123456',
    },
  },
  'portal/filing': {
    view: 'portal/filing',
    data: { site, number: 'MAU-01012026-402917', service: land.name, filedAt: '09:30 01/01/2026' },
  },
  'portal/profile': {
    view: 'portal/profile',
    data: {
      site: { ...site, isProfile: true },
      filings: [{ number: 'MAU-01012026-402917', service: land.name }],
      profile: {
        name: site.name,
        actor: 'Lê Thị Hồng Phượng',
        accountType: 'citizen',
        accountLevel: 2,
        acr: { name: idToken.acr, scale: 'authentication', value: 4 },
        amr: idToken.amr,
        authenticationLevel: 4,
        signedInAt: '09:30:00 ngày 01/01/2026',
        rows: [
          { claim: 'sub', path: 'sub', value: idToken.sub },
          { claim: 'personal_id_number', path: 'personal_id_number', value: '097192123456' },
          { claim: 'phone_number_verified', path: 'phone_number_verified', value: 'true' },
          {
            claim: 'place_of_birth_registration',
            path: 'place_of_birth_registration.formatted',
            value: 'Xã Minh Họa, tỉnh Mẫu',
          },
        ],
        idToken: JSON.stringify(idToken, undefined, 2),
      },
    },
  },
  'portal/outcome': {
    view: 'portal/outcome',
    data: {
      site,
      heading: 'Tài khoản chưa đủ mức độ',
      message: 'Dịch vụ này yêu cầu tài khoản định danh điện tử mức độ 02.',
      advice: 'Hãy đăng nhập bằng một tài khoản khác.',
      code: 'unmet_authentication_requirements',
      actions: [
        { label: 'retry', href: '/services/land-change/apply' },
        { label: 'other_account', href: '/login?account=other' },
        { label: 'home', href: '/' },
      ],
    },
  },
  'portal/signed-out': { view: 'portal/signed-out', data: { site: visitor, isAnswer: true } },
}
