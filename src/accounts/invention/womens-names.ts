import type { Weighted } from './chance.ts'
import { prefixesOfChildren, type Fashion } from './fashion.ts'
import { phrases, words } from './words.ts'

const womenBefore1960 = words(`
  Lan Hoa Hồng Cúc Mai Đào Hường Nga Thơm Sen Lý Mận Nhàn Thoa Tâm Thanh Hiền Hòa Bình Tuyết
  Nguyệt Loan Phượng Liên Yến Oanh Vân Xuân Thu Hạnh Lành Ngát Nụ Nhài Mùi Dậu Hợi Tuất Dần Thìn
  Tý Sửu Cẩn Chắt Chanh Chiên Chuyên Dung Duyên Gấm Gái Hải Hảo Huệ Khuyên Kim Là Liễu Lụa Lựu
  Minh Mơ Mười Năm Ngân Ngọc Nhẫn Nhâm Nhiên Nhung Phấn Quế Quý Sáu Tám Bảy Chín Thắm Thảo Thuận
  Tỵ Út Vinh Xoan Ý`)

const womenBefore1980 = words(`
  Hương Hà Lan Hoa Thủy Nga Hạnh Hằng Hiền Liên Loan Mai Minh Nguyệt Nhung Oanh Phượng Thanh Thảo
  Thu Tuyết Vân Yến Dung Bích Châu Đào Hòa Hồng Huệ Huyền Lý Nhàn Phương Quyên Sương Tâm Thắm Thoa
  Thúy Xuân Bình Chung Cúc Dần Duyên Gấm Hải Hường Khánh Lệ Luyến Miên Mùi Ngân Ngọc Nhài Nhi Sáu
  Tám Thêu Thơm Tình Tuất Út Vui`)

const womenBefore2000 = words(`
  Hương Trang Linh Hà Thảo Huyền Nhung Hằng Phương Thu Thúy Ngọc Quỳnh Yến Dung Anh Vân My Nga Ngân
  Trinh Trúc Uyên Vy Hạnh Hiền Giang Duyên Diễm Tiên Loan Mai Lan Hoa Liên Tuyết Hường Thương Thủy
  Hoài Nguyệt Oanh Phượng Tâm Thanh Thắm Thùy Tươi Xuân Bích Chi Dịu Hậu Hoàn Hồng Huệ Liễu Luyến
  Lý Ly Nhàn Nhi Như Sen Sương Thơ Thoa Tình Trâm Vui`)

const womenSince2000 = words(`
  Anh Linh Trang Huyền Hương Ngọc Thảo Vy Nhi Phương Hà Giang Ngân My Ly Quỳnh Yến Duyên Mai Uyên
  Trinh Thương Hiền Hằng Nhung Ánh Chi Dung Hân Tuyết Tâm Thư Trâm Diệp Hoa Lan`)

const pairsOfWomenBefore2000 = phrases(`
  Thu Hà, Thu Hương, Thu Trang, Thu Thủy, Thu Phương, Thu Hiền, Thu Hằng, Thu Huyền, Thu Thảo,
  Thanh Hương, Thanh Huyền, Thanh Thảo, Thanh Hà, Thanh Tâm, Thanh Thủy, Thanh Vân, Thanh Loan,
  Thanh Nga, Thanh Bình, Thanh Xuân, Ngọc Anh, Ngọc Ánh, Ngọc Lan, Ngọc Bích, Ngọc Huyền,
  Ngọc Trâm, Ngọc Diễm, Ngọc Dung, Ngọc Hà, Ngọc Yến, Bích Ngọc, Bích Phượng, Bích Thủy,
  Bích Liên, Bích Vân, Minh Nguyệt, Minh Phương, Minh Hiền, Minh Huệ, Minh Thu, Minh Tâm,
  Kim Oanh, Kim Ngân, Kim Anh, Kim Chi, Kim Dung, Kim Liên, Kim Thoa, Kim Loan, Kim Phượng,
  Kim Tuyến, Hồng Nhung, Hồng Hạnh, Hồng Vân, Hồng Ngọc, Hồng Thắm, Hồng Liên, Hồng Hoa,
  Hồng Loan, Hồng Phượng, Phương Thảo, Phương Anh, Phương Linh, Phương Thúy, Phương Mai,
  Phương Dung, Phương Lan, Thùy Linh, Thùy Dung, Thùy Dương, Thùy Trang, Thùy Vân, Thúy Hằng,
  Thúy Nga, Thúy Vân, Thúy Hà, Thúy An, Thúy Ngân, Mai Anh, Mai Hương, Mai Phương, Mai Lan,
  Mỹ Linh, Mỹ Hạnh, Mỹ Duyên, Mỹ Dung, Mỹ Lệ, Mỹ Hoa, Mỹ Hương, Cẩm Tú, Cẩm Vân, Cẩm Nhung,
  Cẩm Hường, Quỳnh Anh, Quỳnh Trang, Quỳnh Như, Quỳnh Nga, Quỳnh Hoa, Quỳnh Mai, Tuyết Mai,
  Tuyết Nhung, Tuyết Trinh, Tuyết Lan, Tuyết Nga, Tuyết Vân, Lan Anh, Lan Phương, Lan Hương,
  Lan Chi, Vân Anh, Hải Yến, Hải Vân, Hải Hà, Hoàng Yến, Hoàng Oanh, Diệu Linh, Diệu Thúy,
  Diệu Hiền, Diệu Hương, Ánh Tuyết, Ánh Nguyệt, Ánh Hồng, Xuân Mai, Xuân Hương, Xuân Lan,
  Huyền Trang, Khánh Ly, Khánh Linh, Khánh Hòa, Kiều Oanh, Kiều Trang, Kiều Anh, Kiều Diễm,
  Như Quỳnh, Như Ý, Như Hoa, Trúc Linh, Trúc Mai, Trúc Phương, Anh Thư, Tường Vi, Bảo Trâm,
  Yến Nhi, Yến Phương, Tố Uyên, Tố Nga, Việt Hà, Việt Hương, Lệ Thu, Lệ Hằng, Lệ Thủy`)

const pairsOfWomenBefore2010 = phrases(`
  Khánh Linh, Thùy Linh, Ngọc Linh, Phương Linh, Hà Linh, Mai Linh, Gia Linh, Diệu Linh, Ngọc Anh,
  Phương Anh, Quỳnh Anh, Lan Anh, Minh Anh, Hoàng Anh, Mai Anh, Trâm Anh, Vân Anh, Thu Trang,
  Huyền Trang, Minh Trang, Quỳnh Trang, Thùy Trang, Hà Trang, Phương Thảo, Thanh Thảo, Ngọc Thảo,
  Thu Thảo, Ngọc Hân, Bảo Hân, Gia Hân, Bảo Ngọc, Hồng Ngọc, Minh Ngọc, Như Ngọc, Bích Ngọc,
  Bảo Trân, Bảo Trâm, Ngọc Trâm, Bích Trâm, Thảo Nguyên, Hạnh Nguyên, Thảo Vy, Tường Vy, Khánh Vy,
  Yến Vy, Thúy Vy, Hà My, Trà My, Diễm My, Thảo My, Yến Nhi, Uyên Nhi, Tuyết Nhi, Phương Nhi,
  Ái Nhi, Thanh Trúc, Ngọc Trúc, Minh Thư, Anh Thư, Minh Châu, Bảo Châu, Hải Yến, Hoàng Yến,
  Phương Uyên, Tú Uyên, Thu Uyên, Mỹ Duyên, Kim Ngân, Thanh Ngân, Thu Ngân, Quỳnh Như, Tâm Như,
  Mai Chi, Linh Chi, Quỳnh Chi, Hương Giang, Thu Giang, Thu Hà, Ngân Hà, Khánh Huyền, Ngọc Huyền,
  Thu Huyền, Thanh Hằng, Thúy Hiền, Thanh Tâm, Hồng Nhung, Mỹ Hạnh, Kiều Trinh, Diễm Quỳnh,
  Như Quỳnh, Trúc Quỳnh, Ngọc Diệp, Phương Mai, Xuân Mai, Quỳnh Mai, Hồng Hạnh, Ngọc Ánh, Lan Chi`)

const pairsOfGirls = phrases(`
  Bảo An, Khánh An, Tuệ An, Hà An, Hải An, Hoài An, Tâm An, Phúc An, Ngọc An, Gia Hân, Bảo Hân,
  Ngọc Hân, Khả Hân, Bảo Ngọc, Bích Ngọc, Minh Ngọc, Khánh Ngọc, Như Ngọc, Khánh Vy, Tường Vy,
  Thảo Vy, Phương Vy, Hạ Vy, Bảo Vy, Minh Anh, Diệu Anh, Diệp Anh, Quỳnh Anh, Phương Anh, Mai Anh,
  Tú Anh, Trúc Anh, Thục Anh, Trâm Anh, Hà Anh, Ngọc Anh, Minh Châu, Bảo Châu, Ngọc Châu, Minh Thư,
  Anh Thư, Tuệ Lâm, Quỳnh Lâm, Tuệ Nhi, Yến Nhi, Uyên Nhi, Thảo Nhi, Phương Nhi, An Nhiên, An Chi,
  Mai Chi, Quỳnh Chi, Diệp Chi, Linh Chi, Hà My, Trà My, Thảo My, Khánh My, Kim Ngân, Khả Ngân,
  Thu Ngân, Thiên Kim, Thiên Ân, Linh Đan, Tâm Đan, Thảo Nguyên, Khôi Nguyên, Thanh Trúc, Ánh Dương,
  Thùy Dương, Ngọc Diệp, Ngọc Khuê, Cát Tiên, Thủy Tiên, Cát Tường, Bảo Trâm, Ngọc Trâm, Bảo Trân,
  Bảo Quyên, Bảo Thy, Gia Linh, Khánh Linh, Hà Linh, Phương Linh, Ngọc Linh, Diệu Linh, Gia Như,
  Quỳnh Như, Ngọc Lam, Vân Khánh, Nhã Uyên, Phương Uyên, Tú Uyên, Minh Khuê, Nhật Hạ, Hải Yến`)

const middlesOfWomen: readonly Weighted<string>[] = [
  [5, 'Ngọc'],
  [5, 'Thu'],
  [4, 'Thanh'],
  [4, 'Kim'],
  [3, 'Bích'],
  [3, 'Hồng'],
  [3, 'Minh'],
  [2, 'Tuyết'],
  [2, 'Xuân'],
  [2, 'Mỹ'],
]

/** From the oldest to the youngest. */
export const fashionsOfWomen: readonly Fashion[] = [
  {
    until: 1959,
    forms: [
      [95, 'single'],
      [5, 'prefixed'],
    ],
    middles: [[240, 'Thị'], ...middlesOfWomen],
    prefixes: [[1, 'Thị']],
    singles: womenBefore1960,
    pairs: pairsOfWomenBefore2000,
  },
  {
    until: 1979,
    forms: [
      [70, 'single'],
      [22, 'prefixed'],
      [8, 'pair'],
    ],
    middles: [[190, 'Thị'], ...middlesOfWomen],
    prefixes: [[1, 'Thị']],
    singles: womenBefore1980,
    pairs: pairsOfWomenBefore2000,
  },
  {
    until: 1999,
    forms: [
      [38, 'single'],
      [37, 'prefixed'],
      [25, 'pair'],
    ],
    middles: [[130, 'Thị'], ...middlesOfWomen],
    prefixes: [
      [9, 'Thị'],
      [1, 'Hoàng'],
    ],
    singles: womenBefore2000,
    pairs: pairsOfWomenBefore2000,
  },
  {
    until: 2009,
    forms: [
      [16, 'single'],
      [20, 'prefixed'],
      [64, 'pair'],
    ],
    middles: [[90, 'Thị'], ...middlesOfWomen],
    prefixes: [[14, 'Thị'], ...prefixesOfChildren.slice(0, 4)],
    singles: womenSince2000,
    pairs: pairsOfWomenBefore2010,
  },
  {
    until: Infinity,
    forms: [
      [4, 'single'],
      [22, 'prefixed'],
      [74, 'pair'],
    ],
    middles: [[20, 'Thị'], ...middlesOfWomen],
    prefixes: [[5, 'Thị'], ...prefixesOfChildren],
    singles: womenSince2000,
    pairs: pairsOfGirls,
  },
]
