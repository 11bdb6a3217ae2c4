import type { Weighted } from './chance.ts'
import { prefixesOfChildren, type Fashion } from './fashion.ts'
import { phrases, words } from './words.ts'

const menBefore1960 = words(`
  Hùng Dũng Bình Cường Chiến Thắng Lợi Hòa Thành Công Sơn Hải Long Lâm Minh Quang Vinh Tiến Tấn Thọ
  Phúc Lộc Đức Hiền Hiếu Hưng Khánh Khoa Kiên Lân Mạnh Nam Nghĩa Nhân Ninh Phong Phú Quý Quyết Sáng
  Sinh Tài Tâm Tân Thái Thanh Thiện Thịnh Thông Thuận Thụ Tín Toàn Trí Trung Trường Tùng Tuyên Việt
  Vượng Xuân Chức Cẩn Cầu Cát Diễn Đệ Điều Đoàn Hợi Sửu Tý Mão Thìn Dần Ngọ Mùi Thân Dậu Tuất Tỵ Ất
  Canh Tân Nhâm Quý Ba Tư Năm Sáu Bảy Tám Chín Mười Út Bé Hai Lượng Nhượng Khiêm Kính Lễ Hạnh Bảo`)

const menBefore1980 = words(`
  Hùng Dũng Cường Tuấn Sơn Hải Hà Thắng Long Minh Nam Bình Hòa Thành Trung Kiên Quang Vinh Tiến Tùng
  Phương Phong Hưng Đức Chiến Hoàng Hiếu Lâm Quân Quyền Thanh Thịnh Toàn Tú Việt An Bắc Chung Chính
  Công Cảnh Doanh Duy Dương Đạt Đông Đoàn Giang Hạnh Hậu Hiền Hiển Huấn Huy Khánh Khoa Lợi Lộc Lực
  Mạnh Nghị Nghĩa Ngọc Nhân Ninh Phú Phúc Quế Quý Quyết Sáng Sỹ Tài Tân Thái Thiện Thọ Thuận Tình
  Trường Tuyên Út Vũ Vương Xuân`)

const menBefore2000 = words(`
  Tuấn Hùng Dũng Cường Thắng Nam Hải Sơn Long Minh Trung Kiên Quang Tiến Tùng Hưng Đức Hoàng Hiếu
  Lâm Quân Quyền Thịnh Toàn Tú Việt Huy Duy Đạt Linh Mạnh Thành Phong Phương Bình An Chiến Chính Công
  Cương Dương Định Đông Giang Hậu Hiệp Hoan Hòa Khánh Khoa Kỳ Lộc Lợi Luân Lực Nghĩa Nhật Phú Phúc
  Quý Quyết Sang Tài Tâm Tân Thái Thanh Thế Thiện Thuận Tình Tính Trí Triệu Trọng Trường Tuyên Vũ
  Vương`)

const menSince2000 = words(`
  Anh Huy Minh Nam Long Đức Hiếu Hoàng Phúc Khang Bảo Khoa Khôi Quân Dũng Sơn Tùng Kiên Đạt Việt Duy
  Phong Thành Trung Tuấn Hưng Hải Đăng Lâm Nhật Thắng Trường Vũ An Bách Cường Dương Thịnh Tiến Vinh`)

const pairsOfMenBefore2000 = phrases(`
  Tuấn Anh, Đức Anh, Quốc Anh, Hoàng Anh, Việt Anh, Minh Tuấn, Anh Tuấn, Quốc Tuấn, Thanh Tuấn,
  Thanh Tùng, Sơn Tùng, Hoàng Long, Đức Long, Thành Long, Minh Đức, Trung Đức, Anh Đức, Minh Quân,
  Hồng Quân, Anh Quân, Đức Minh, Quang Minh, Hoàng Minh, Nhật Minh, Tuấn Minh, Hoàng Nam, Hải Nam,
  Phương Nam, Hoài Nam, Thành Nam, Mạnh Hùng, Việt Hùng, Quốc Hùng, Tiến Dũng, Trung Dũng,
  Mạnh Dũng, Anh Dũng, Quang Dũng, Mạnh Cường, Quốc Cường, Việt Cường, Trung Kiên, Trung Hiếu,
  Minh Hiếu, Chí Hiếu, Minh Hoàng, Huy Hoàng, Việt Hoàng, Quang Huy, Đức Huy, Quốc Huy, Nhật Huy,
  Đăng Khoa, Anh Khoa, Minh Khoa, Tuấn Kiệt, Anh Kiệt, Thành Công, Chí Công, Thành Đạt, Tiến Đạt,
  Quốc Đạt, Hải Đăng, Khánh Duy, Đức Duy, Quang Vinh, Thế Vinh, Xuân Trường, Quang Trường,
  Đức Thắng, Quyết Thắng, Chiến Thắng, Hữu Thắng, Quốc Bảo, Thái Sơn, Hồng Sơn, Ngọc Sơn,
  Trường Sơn, Ngọc Hải, Quang Hải, Đông Hải, Minh Hải, Thanh Hải, Minh Trí, Đức Trí, Hữu Phước,
  Tấn Phát, Thành Phát, Hữu Nghĩa, Trọng Nghĩa, Trọng Tín, Minh Nhật, Hoàng Phúc, Minh Phúc,
  Duy Khánh, Quốc Khánh, Ngọc Khánh, Minh Tâm, Duy Tân, Quốc Việt, Hoàng Việt, Đức Việt,
  Thanh Bình, Thái Bình, Xuân Hòa, Xuân Thủy, Đình Trọng, Công Minh, Chí Thành, Tiến Thành,
  Trung Thành, Đức Thịnh, Quốc Thịnh, Phúc Thịnh, Thế Anh, Hồng Phong, Hoài Phong, Thanh Phong,
  Ngọc Quang, Đăng Quang, Vinh Quang, Ngọc Thạch, Đức Toàn, Văn Toàn, Minh Tiến, Anh Vũ, Hoàng Vũ`)

const pairsOfBoys = phrases(`
  Minh Khôi, Anh Khôi, Đăng Khôi, Gia Bảo, Quốc Bảo, Thái Bảo, Gia Huy, Quang Huy, Nhật Huy,
  Đức Huy, Minh Quân, Anh Quân, Bảo Nam, Hải Nam, Hoàng Nam, Nhật Nam, Minh Khang, Gia Khang,
  Bảo Khang, Phúc Khang, Đăng Khoa, Anh Khoa, Nhật Minh, Tuấn Minh, Bình Minh, Gia Minh, Hoàng Minh,
  Đức Minh, Hải Đăng, Minh Đăng, Minh Nhật, Minh Trí, Đức Trí, Phúc An, Bảo An, Thiên An, Thiên Ân,
  Hoàng Bách, Xuân Bách, Gia Phúc, Thiên Phúc, Hoàng Phúc, Bảo Phúc, Gia Hưng, Duy Hưng, Tuấn Hưng,
  Minh Hưng, Khôi Nguyên, Bảo Nguyên, Thái Sơn, Tùng Lâm, Sơn Lâm, Bảo Lâm, Hoàng Long, Bảo Long,
  Thành Long, Minh Long, Phi Long, Tuấn Kiệt, Anh Kiệt, Gia Kiệt, Minh Kiệt, Đức Anh, Tuấn Anh,
  Việt Anh, Nam Anh, Hoàng Anh, Duy Anh, Trí Dũng, Anh Dũng, Tiến Đạt, Thành Đạt, Tấn Phát,
  Gia Phát, Minh Hiếu, Trung Hiếu, Trung Kiên, Hữu Phước, Quang Vinh, Phúc Vinh, Thế Vinh,
  Đức Thịnh, Phúc Thịnh, Hưng Thịnh, Thanh Phong, Nam Phong, Hải Phong, Khánh Duy, Đức Duy,
  Tường Duy, Quang Minh, Quốc Khánh, Gia Khánh, Minh Phúc, Đình Phong, Trọng Nhân, Thiện Nhân,
  Minh Đức, Trung Đức, Hoàng Quân, Tiến Dũng, Minh Tuấn, Anh Tuấn, Khánh Hưng, Nhật Quang`)

const middlesOfMen: readonly Weighted<string>[] = [
  [8, 'Đức'],
  [8, 'Hữu'],
  [8, 'Xuân'],
  [7, 'Đình'],
  [7, 'Quang'],
  [6, 'Ngọc'],
  [6, 'Minh'],
  [6, 'Công'],
  [5, 'Trọng'],
  [5, 'Thanh'],
  [5, 'Quốc'],
  [4, 'Bá'],
  [4, 'Thế'],
  [4, 'Duy'],
  [4, 'Mạnh'],
  [3, 'Viết'],
  [3, 'Tiến'],
  [3, 'Hồng'],
  [2, 'Khắc'],
  [2, 'Anh'],
  [2, 'Hoàng'],
  [2, 'Đăng'],
]

const prefixesOfMen: readonly Weighted<string>[] = [
  [4, 'Văn'],
  [2, 'Đình'],
  [2, 'Hữu'],
  [2, 'Hoàng'],
  [2, 'Ngọc'],
  [1, 'Công'],
  [1, 'Bá'],
]

/** From the oldest to the youngest. */
export const fashionsOfMen: readonly Fashion[] = [
  {
    until: 1959,
    forms: [
      [97, 'single'],
      [3, 'pair'],
    ],
    middles: [[160, 'Văn'], ...middlesOfMen],
    prefixes: prefixesOfMen,
    singles: menBefore1960,
    pairs: pairsOfMenBefore2000,
  },
  {
    until: 1979,
    forms: [
      [88, 'single'],
      [12, 'pair'],
    ],
    middles: [[105, 'Văn'], ...middlesOfMen],
    prefixes: prefixesOfMen,
    singles: menBefore1980,
    pairs: pairsOfMenBefore2000,
  },
  {
    until: 1999,
    forms: [
      [60, 'single'],
      [36, 'pair'],
      [4, 'prefixed'],
    ],
    middles: [[70, 'Văn'], ...middlesOfMen],
    prefixes: prefixesOfMen,
    singles: menBefore2000,
    pairs: pairsOfMenBefore2000,
  },
  {
    until: 2009,
    forms: [
      [30, 'single'],
      [60, 'pair'],
      [10, 'prefixed'],
    ],
    middles: [[35, 'Văn'], ...middlesOfMen],
    prefixes: prefixesOfMen,
    singles: menSince2000,
    pairs: pairsOfBoys,
  },
  {
    until: Infinity,
    forms: [
      [12, 'single'],
      [68, 'pair'],
      [20, 'prefixed'],
    ],
    middles: [[8, 'Văn'], ...middlesOfMen],
    prefixes: prefixesOfChildren.filter(([, name]) => name !== 'Phương'),
    singles: menSince2000,
    pairs: pairsOfBoys,
  },
]
