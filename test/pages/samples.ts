import type { Page } from '../../src/pages/index.ts'

type Sample = Pick<Page, 'view' | 'data' | 'formActions' | 'scriptHash'>

const portal = {
  name: 'Cổng dịch vụ công tỉnh Minh Họa',
  uri: 'http://localhost:3007/',
  policyUri: 'http://localhost:3007/chinh-sach',
  tosUri: 'http://localhost:3007/dieu-khoan',
}

const persona = (
  id: string,
  name: string,
  age: number,
  level: 1 | 2,
  state: string,
  tests: string,
  kind: 'citizen' | 'foreigner' = 'citizen',
) => ({
  id,
  name,
  age,
  kind,
  level,
  state,
  tests,
  number: '097090123456',
  password: 'Thu@12345',
  passcode: '123456',
})

const personas = [
  persona(
    'adult-level-2',
    'Nguyễn Thị Ánh Nguyệt',
    34,
    2,
    'active',
    'Người lớn có mức độ 02: đi hết mọi bước.',
  ),
  persona('adult-level-1', 'Trần Văn Bình', 41, 1, 'active', 'Bị từ chối ở dịch vụ cần mức độ 02.'),
  persona(
    'guardian-of-two',
    'Lê Thị Hồng Phượng',
    38,
    2,
    'active',
    'Chọn vai trò: làm thủ tục cho hai con.',
  ),
  persona('child-13', 'Phạm Gia Huy', 13, 2, 'active', 'Mã xác nhận tới điện thoại của mẹ.'),
  persona(
    'foreigner-level-2',
    'Jean-Baptiste Lefèvre',
    45,
    2,
    'active',
    'Người nước ngoài có thẻ thường trú.',
    'foreigner',
  ),
  persona(
    'company-representative',
    'Võ Đình Thành Đạt',
    52,
    2,
    'active',
    'Đại diện theo pháp luật của hai công ty.',
  ),
  persona(
    'not-activated',
    'Đặng Thị Kiều Oanh',
    67,
    2,
    'not-activated',
    'Đã được cấp nhưng chưa kích hoạt.',
  ),
  persona('locked', 'Huỳnh Công Lý', 29, 2, 'locked', 'Tài khoản đang bị khóa.'),
]

/** The line of steps, standing at the one named. Few journeys ask for a face. */
function stepsAt(current: string) {
  const face = current === 'face' ? ['face'] : []
  const stepNames = ['sign-in', 'code', 'role', ...face, 'share', 'passcode']
  const here = stepNames.indexOf(current)
  return stepNames.map((name, at) => ({
    name,
    state: at < here ? 'done' : at === here ? 'current' : 'ahead',
  }))
}

const signIn = (current: string, rest: object) => ({
  relyingParty: portal,
  asks: ['asks.identity', 'asks.profile', 'asks.phone', 'asks.vneid'],
  steps: stepsAt(current),
  action: '/interaction/s-1',
  form: 'f-1',
  ...rest,
})

const typing = {
  person: {
    id: 'child-13',
    name: 'Phạm Gia Huy',
    number: '097212123456',
    password: 'Thu@12345',
    passcode: '123456',
  },
}

/** Every page there is, most of them in their fullest state, some also with a problem at a field. */
export const samples: Record<string, Sample> = {
  'sign-in/identify': {
    view: 'sign-in/identify',
    formActions: ['http://localhost:3007'],
    data: signIn('sign-in', { number: '', testData: { personas } }),
  },
  'sign-in/identify, wrong': {
    view: 'sign-in/identify',
    data: signIn('sign-in', {
      number: '097090123456',
      problem: { field: 'password', message: 'Số định danh hoặc mật khẩu không đúng.' },
    }),
  },
  'sign-in/second-factor': {
    view: 'sign-in/second-factor',
    data: signIn('code', {
      channel: 'sms',
      phone: '090****289',
      phoneOf: 'Lê Thị Hồng Phượng',
      minutes: 3,
      canSms: true,
      canApp: true,
      notice: 'Một mã mới đã được gửi bằng tin nhắn tới số 090****289.',
      testData: {
        ...typing,
        codes: [
          {
            code: '402917',
            channel: 'sms',
            phoneOf: 'Lê Thị Hồng Phượng',
            phone: '090****289',
            expiresAt: '14:03:20',
          },
          { code: '118204', channel: 'app', phoneOf: 'Lê Thị Hồng Phượng', expiresAt: '14:02:51' },
        ],
      },
    }),
  },
  'sign-in/second-factor, wrong': {
    view: 'sign-in/second-factor',
    data: signIn('code', {
      channel: 'app',
      minutes: 3,
      canSms: true,
      canApp: false,
      problem: { field: 'code', message: 'Mã xác nhận không đúng. Bạn còn 4 lần thử.' },
      testData: { ...typing, codes: [] },
    }),
  },
  'sign-in/role': {
    view: 'sign-in/role',
    data: signIn('role', {
      problem: { field: 'role', message: 'Hãy chọn một vai trò.' },
      roles: [
        { id: 'self', kind: 'self', name: 'Lê Thị Hồng Phượng' },
        { id: 'child-13', kind: 'child', name: 'Phạm Gia Huy' },
        { id: 'ward', kind: 'ward', name: 'Lê Văn Tám' },
        {
          id: 'rice',
          kind: 'organization',
          name: 'Công ty TNHH Lúa Gạo Đồng Xanh',
          as: 'representative',
        },
        { id: 'tea', kind: 'organization', name: 'Hợp tác xã Chè Tân Cương', as: 'authorised' },
      ],
      testData: typing,
    }),
  },
  'sign-in/face': { view: 'sign-in/face', data: signIn('face', { testData: typing }) },
  'sign-in/face, wrong': {
    view: 'sign-in/face',
    data: signIn('face', { problem: { field: 'face', message: 'Chưa xác thực được khuôn mặt.' } }),
  },
  'sign-in/consent': {
    view: 'sign-in/consent',
    formActions: ['http://localhost:3007'],
    data: signIn('share', {
      personName: 'Nguyễn Thị Ánh Nguyệt',
      sharedData: 'http://localhost:3006/shared-data',
      essential: [
        {
          key: 'asks.identity',
          items: [
            {
              name: 'sub',
              label: 'Mã định danh tài khoản',
              value: 'k1Qm0aO2mBvYtq2o0S4pF3cJ9xW7eR6uT5iL8nZ4hDg',
            },
            {
              name: 'act',
              label: 'Người thực hiện thay',
              value:
                'Mã định danh tài khoản: wZ8yT3sQ0nL6kJ1hG4fD7aP2oI5uY9rE6tC3vB0mXeA · Lê Thị Hồng Phượng',
            },
          ],
        },
        {
          key: 'asks.profile',
          items: [
            { name: 'name', label: 'Họ và tên', value: 'Nguyễn Thị Ánh Nguyệt' },
            { name: 'birthdate', label: 'Ngày sinh', value: '08/03/1992' },
            { name: 'gender', label: 'Giới tính', value: 'Nữ' },
          ],
        },
        {
          key: 'asks.vneid',
          items: [
            { name: 'personal_id_number', label: 'Số định danh cá nhân', value: '097192123456' },
            { name: 'account_level', label: 'Mức độ tài khoản', value: '2' },
          ],
        },
      ],
      optional: [
        {
          key: 'asks.phone',
          items: [
            {
              name: 'phone_number',
              label: 'Số điện thoại',
              value: '+84 901 234 289 · đã xác minh',
              isTicked: true,
            },
          ],
        },
        {
          key: 'asks.vneid:identity',
          items: [
            { name: 'nationality', label: 'Quốc tịch', value: 'Việt Nam', isTicked: true },
            {
              name: 'place_of_origin',
              label: 'Quê quán',
              value: 'Xã Minh Họa, huyện Ví Dụ, tỉnh Mẫu',
              isTicked: false,
            },
          ],
        },
      ],
      testData: typing,
    }),
  },
  'sign-in/consent, not ticked': {
    view: 'sign-in/consent',
    data: signIn('share', {
      personName: 'Nguyễn Thị Ánh Nguyệt',
      sharedData: 'http://localhost:3006/shared-data',
      essential: [],
      optional: [],
      problem: { field: 'agree', message: 'Hãy đánh dấu vào ô đồng ý để chia sẻ.' },
    }),
  },
  'sign-in/passcode': { view: 'sign-in/passcode', data: signIn('passcode', { testData: typing }) },
  'sign-in/passcode, wrong': {
    view: 'sign-in/passcode',
    data: signIn('passcode', {
      problem: { field: 'passcode', message: 'Passcode không đúng. Bạn còn 2 lần thử.' },
    }),
  },
  'sign-in/select-account': {
    view: 'sign-in/select-account',
    data: signIn('sign-in', { person: { name: 'Trần Văn Bình' }, testData: { personas } }),
  },
  'sign-in/refused': {
    view: 'sign-in/refused',
    data: signIn('code', {
      reason: 'level_too_low',
      message:
        'Dịch vụ này yêu cầu tài khoản định danh điện tử mức độ 02. Tài khoản của bạn đang ở mức độ 01.',
      advice: 'Hãy đăng nhập bằng một tài khoản mức độ 02.',
      steps: [],
    }),
  },
  'shared-data': {
    view: 'shared-data',
    data: {
      home: 'http://localhost:3006/',
      action: '/shared-data',
      portal: 'http://localhost:3007',
      personName: 'Lê Thị Hồng Phượng',
      form: 'w-1',
      notice: 'Cổng thử nghiệm không còn nhận được thông tin của bạn.',
      sharings: [
        {
          clientId: 'demo-portal',
          name: portal.name,
          subjectId: 'child-13',
          subjectName: 'Phạm Gia Huy',
          shared: ['Họ và tên', 'Ngày sinh', 'Số định danh cá nhân'],
          withheld: ['Địa chỉ', 'Quê quán'],
          since: '09:30 01/10/2026',
          until: '09:30 30/12/2026',
        },
        {
          clientId: 'test-rp',
          name: 'Cổng thử nghiệm',
          shared: ['Họ và tên'],
          withheld: [],
          since: '09:30 01/10/2026',
          until: '09:40 01/10/2026',
        },
      ],
    },
  },
  'shared-data, with nobody': {
    view: 'shared-data',
    data: { home: 'http://localhost:3006/', action: '/shared-data', personName: 'A', sharings: [] },
  },
  'shared-data, of nobody': {
    view: 'shared-data',
    data: { home: 'http://localhost:3006/', action: '/shared-data' },
  },
  'sign-in/over': {
    view: 'sign-in/over',
    data: {
      heading: 'Lần đăng nhập này đã kết thúc',
      message: 'Lần đăng nhập này đã hoàn tất nên không thể dùng lại.',
      advice: 'Hãy quay lại cổng dịch vụ.',
      relyingParty: portal,
    },
  },
  'sign-in/over, whose is unknown': {
    view: 'sign-in/over',
    data: {
      heading: 'Không tìm thấy lần đăng nhập này',
      message: 'Lần đăng nhập này đã hết hạn, hoặc được mở từ một trình duyệt khác.',
      advice: 'Hãy bắt đầu đăng nhập lại.',
      home: 'http://localhost:3006/',
    },
  },
  'errors/error': {
    view: 'errors/error',
    data: {
      heading: 'Yêu cầu không hợp lệ',
      message: 'Cổng dịch vụ đã gửi một yêu cầu mà máy chủ không hiểu được.',
      detail: "missing required parameter 'redirect_uri'",
      advice: 'Hãy quay lại cổng dịch vụ và thử lại.',
      code: 'invalid_request',
    },
  },
  'errors/redirect-uri': {
    view: 'errors/redirect-uri',
    data: {
      clientId: 'demo-portal',
      clientName: portal.name,
      redirectUri: 'http://localhost:3007/callback/?return=/ho-so/1234567890/rat-dai',
      registered: ['http://localhost:3007/callback'],
      file: 'config/clients.yaml',
      snippet:
        '    redirect_uris:\n      - http://localhost:3007/callback\n      - http://localhost:3007/callback/?return=/ho-so/1234567890/rat-dai',
    },
  },
  'errors/wrong-host': {
    view: 'errors/wrong-host',
    data: {
      called: 'http://192.168.1.20:3006',
      issuer: 'http://localhost:3006',
      link: 'http://localhost:3006/auth?client_id=demo-portal',
    },
  },
  'sign-out/confirm': {
    view: 'sign-out/confirm',
    formActions: ['http://localhost:3007'],
    data: { action: '/session/end/confirm', xsrf: 'x-1', relyingParty: portal },
  },
  'sign-out/confirm, whose is unknown': {
    view: 'sign-out/confirm',
    data: { action: '/session/end/confirm', xsrf: 'x-1' },
  },
  'sign-out/done': { view: 'sign-out/done', data: { relyingParty: portal } },
  home: {
    view: 'home',
    data: {
      issuer: 'http://localhost:3006',
      discovery: 'http://localhost:3006/.well-known/openid-configuration',
      portal: 'http://localhost:3007/',
      personas,
      clients: [
        { id: 'demo-portal', name: portal.name, redirectUris: ['http://localhost:3007/callback'] },
        {
          id: 'test-rp',
          name: 'Test relying party',
          redirectUris: ['http://localhost:8080/cb', 'http://127.0.0.1:8080/cb'],
        },
      ],
    },
  },
  'home, without a portal': {
    view: 'home',
    data: {
      issuer: 'http://localhost:3006/w/thu',
      sharedData: 'http://localhost:3006/w/thu/shared-data',
      discovery: 'http://localhost:3006/w/thu/.well-known/openid-configuration',
      personas,
      clients: [],
    },
  },
  'form-post': {
    view: 'form-post',
    formActions: ['http://localhost:3007'],
    data: {
      action: 'http://localhost:3007/callback',
      relyingParty: portal,
      fields: [
        { name: 'code', value: 'c-1' },
        { name: 'state', value: 's-1' },
      ],
    },
  },
}
