import type { Sex } from '../person.ts'
import type { Ethnicity } from './ethnicity.ts'
import { phrases, words } from './words.ts'

/** One sex of a people who have family, middle and given names, or only some of them. */
export interface Custom {
  /** Empty where there is none. */
  families: readonly string[]
  /** An empty middle name is none. */
  middles: readonly string[]
  givens: readonly string[]
  isGivenNameFirst?: true
}

type Customs = Readonly<Record<Sex, Custom>>

const tay = words(`
  Nông Hoàng Hoàng Nông Ma Hà Lý Bế Chu Triệu Đàm Lục Hứa Vi Lương La Dương Lộc Ma Nguyễn`)
const nung = words(`
  Nông Hoàng Lương Vi Lý Hứa Phùng Lục Đàm Mông Lâm Vương Chu Triệu Lăng Dương Nguyễn`)
const thai = words('Lò Lò Lò Cầm Quàng Lường Cà Tòng Hà Vi Bạc Điêu Mè Lù Lộc Vì Lương')
const muong = words('Bùi Bùi Bùi Đinh Đinh Quách Hà Bạch Phạm Cao Trương Nguyễn Xa')
const mong = words(`
  Giàng Giàng Vàng Vàng Sùng Sùng Thào Thào Lầu Hạng Lý Mùa Cứ Ma Vừ Tráng Cháng Sồng Lừ Phàng Sình`)
const dao = words('Bàn Bàn Triệu Triệu Đặng Lý Chảo Tẩn Phùng Phàn Hoàng Dương')
const khmer = words('Thạch Thạch Sơn Sơn Kim Danh Danh Kiên Lâm Châu Trần Lý Tăng Kiêm')
const hoa = words(`
  Trần Lý Lâm Quách Vương Huỳnh Ngô Mạch Lưu Trương Châu Phùng Lương Tăng Diệp Thái Dương Quan La`)
const cham = words(
  'Đàng Đạo Thành Quảng Lưu Bá Hán Châu Báo Thiên Kiều Não Phú Từ Trượng Lộ Đổng Thập',
)
const ede = phrases(`
  Niê, Niê, Mlô, Mlô, Êban, Kbuôr, Byă, Ayun, Hmŏk, Knul, Ênuôl, Kđoh, Ktla, Buôn Yă, Niê Kđăm,
  Buôn Krông, Adrơng, Êñuôl, Kriêng, Bkrông`)
const giaRai = phrases(`
  Ksor, Ksor, Siu, Siu, Rơ Châm, Rơ Châm, Rơ Mah, Rah Lan, Kpă, Kpuih, Nay, Rcom, Puih, Rmah`)

const mountainMen = words(`
  Hùng Dũng Tuấn Thắng Nam Sơn Minh Trung Quang Tiến Hưng Đức Hoàng Hiếu Lâm Thịnh Toàn Việt Duy
  Thành Phong Bình Chiến Chính Công Dương Định Giang Hậu Hòa Khánh Kỳ Lợi Nghĩa Phúc Tài Tâm Thái
  Thanh Thuận Tình Trường Tuyên Vinh`)
const mountainWomen = words(`
  Hương Lan Hoa Nga Hiền Liên Mai Nguyệt Nhung Oanh Phượng Thảo Thu Tuyết Vân Yến Dung Bích Hòa
  Hồng Huệ Huyền Nhàn Phương Tâm Thắm Thơm Thúy Xuân Duyên Hường Linh Luyến Mến Lê Thêm Điệp Diệp`)

const custom = (
  families: readonly string[],
  middles: string,
  givens: readonly string[],
  isGivenNameFirst?: true,
): Custom => ({
  families,
  middles: middles === '' ? [''] : phrases(middles),
  givens,
  ...(isGivenNameFirst && { isGivenNameFirst }),
})

/** Names as they are written on cards. The lists are short and from memory. */
export const customs: Readonly<Record<Exclude<Ethnicity, 'Kinh'>, Customs>> = {
  Tày: {
    male: custom(tay, 'Văn, Văn, Văn, Đức, Quốc, Đình, Minh, Hồng, Thế', mountainMen),
    female: custom(tay, 'Thị, Thị, Thị, Thị, Thị Thu, Thị Bích, Thanh, Hồng', mountainWomen),
  },
  Nùng: {
    male: custom(nung, 'Văn, Văn, Văn, Văn, Đức, Quốc, Minh, Viết', mountainMen),
    female: custom(nung, 'Thị, Thị, Thị, Thị, Thị Thu, Thị Minh, Thanh', mountainWomen),
  },
  Thái: {
    male: custom(
      thai,
      'Văn',
      words(`
        Muôn Ín Panh Xôm Hặc Chiêm Ọi Inh Nọi Tướng Phương Hoan Thoan Chung Bình Thành Hùng Tuấn
        Cường Dũng Dương Tiện Thái Yên Sương Hoàng Quyết Thanh Nghĩa Thuận Xuân Hạnh`),
    ),
    female: custom(
      thai,
      'Thị',
      words(`
        Pánh Ơn Inh Ín Hặc Ọi Phương Hoa Mai Lả Xuân Hương Nga Thoa Lan Hiền Thương Yêu Nhung Hà
        Thơm Ngân Diên Tươi Biên Phiêu Bun Duyên Hạnh Ánh Chung`),
    ),
  },
  Mường: {
    male: custom(muong, 'Văn, Văn, Văn, Đức, Thanh, Công, Ngọc', mountainMen),
    female: custom(muong, 'Thị, Thị, Thị, Thị, Thị Thu, Thị Hồng', mountainWomen),
  },
  Mông: {
    male: custom(
      mong,
      'A, A, A, Seo, Mí, Văn',
      words(`
        Páo Chứ Dơ Sử Tủa Sùng Vư Pó Lử Dính Thào Chu Giống Phử Sèo Sinh Vàng Lềnh Chính Tỏa Hồng
        Say Ký Phềnh Náng Dình Mua Chía Sàng Gà Dế Nhè Chống Vừ Súa`),
    ),
    female: custom(
      mong,
      'Thị',
      words(`
        Mỷ Dợ Sua Mai Chá Máy Sài Pà Dở Ca Dinh Vá Say Xua Mảy Pàng Sông Dí Giàng Súng Chư Mo Ly
        Dua Sầu Bầu Chúa Xó Khua`),
    ),
  },
  Dao: {
    male: custom(
      dao,
      'Văn, Văn, Văn, Láo, Láo, Tài, Tiến, Sành',
      words(`
        Phú Tả San Lở Sử Ú Quẩy Phương Minh Lâm Hùng Quang Kim Thanh Tiến Vạn Phúc Sài Chiêu Phấu
        Vượng Sinh Thắng Long Tam`),
    ),
    female: custom(
      dao,
      'Thị, Thị, Thị, Mẩy, Mùi, Tả',
      words(`
        Mụi Pham Lai Liều Khé Mán Nhậy Phấy Viện Nái Coi Lụa Hương Hoa Nga Mai Liên Lan Sếnh Ghến
        Hạnh Chiêm Thủy Xuân Ngân`),
    ),
  },
  Khmer: {
    male: custom(
      khmer,
      ', , , Sóc, Văn, Thành, Hoàng, Minh, Sà',
      phrases(`
        Sa Rây, Sóc Kha, Sóc Khonl, Út, Phe, Sà Phe, Huỳnh, Rithy, Thanh, Hùng, Sươl, Khên, Hiếu,
        Tuấn, Nhựt, Đực, Ươl, Phương, Sóc Kim, Lợi, Suôl, Thone, Vũ, Hải, Minh, Phết, Chanh Đa,
        Sô Phia, Đa Ra, Rinh, Hên, Nhân`),
    ),
    female: custom(
      khmer,
      'Thị, Thị, Thị, Thị, Thị Sà, Thị Ngọc',
      phrases(`
        Sà Rết, Sa Ly, Hồng, Phương, Hiền, Sô Phia, Na, Út, Thu, Mỹ Linh, Sà Vươl, Đào, Pha, Ry,
        Bích, Thanh Thảo, Lan, Chanh Đa, Rên, Sà Riêng, Huôi, Ngọc Lan, Hương, Nhanh, Ly Đa, Rin`),
    ),
  },
  Hoa: {
    male: custom(
      hoa,
      '',
      phrases(`
        Chí Hùng, Vĩ Cường, Gia Huy, Chấn Hưng, Quốc Cường, Vĩnh Phát, Chí Thành, Gia Minh, Tuấn Hào,
        Vĩ Hào, Kiến Hoa, Chí Dũng, Kim Thành, Chấn Huy, Diệu Minh, Quốc Vinh, Thế Vinh, Trí Cường,
        Vĩnh Hòa, Kiến Minh, Hán Minh, Gia Lạc, Hưng, Phát, Vĩ, Kiệt, Siêu, Dũng, Cường, Bửu`),
    ),
    female: custom(
      hoa,
      '',
      phrases(`
        Mỹ Linh, Tuyết Mai, Lệ Hoa, Mỹ Phụng, Cẩm Vân, Bội Linh, Tú Anh, Tú Lệ, Tuệ Mẫn, Mỹ Nghi,
        Mỹ Hoa, Huệ Linh, Bảo Châu, Lệ Trinh, Mỹ Châu, Tú Phương, Ái Linh, Tuệ Nghi, Ngọc Yến, Lệ Dung,
        Mỹ Kim, Gia Hân, Gia Nghi, Bội San, Thục Trinh, Tiểu Bình, Phụng, Muội, Xiếu, Yến`),
    ),
  },
  Chăm: {
    male: custom(
      cham,
      'Văn, Văn, Quang, Minh, Ngọc, Xuân, Năng',
      words(`
        Quyến Sanh Tỷ Thiện Hợp Hòa Bình Chuẩn Đại Phước Tài Thông Trọng Tuấn Vinh Xuyên Dũng Đặng
        Hiệp Hoài Lâm Nghiệp Phú Sáng Thịnh Trí Tường Vạn`),
    ),
    female: custom(
      cham,
      'Thị, Thị, Thị, Thị Kim, Thị Mỹ, Thị Ngọc',
      words(`
        Phượng Hương Loan Lệ Nở Hoa Thanh Trang Thủy Duyên Hiền Mai Nguyệt Nhiên Sen Thắm Thu Trâm
        Vân Xuân Yến Cẩm Chi Dung Hạnh Linh`),
    ),
  },
  'Ê Đê': {
    male: custom(
      ede,
      '',
      phrases(`
        Y Thiên, Y Bhăm, Y Wưn, Y Phôn, Y Ngọc, Y Bhiăo, Y Djăo, Y Krông, Y Rin, Y Khoa, Y Linh,
        Y Dhăm, Y Blăm, Y Nguyên, Y Đăm, Y Suôn, Y Liêm, Y Tuấn, Y Săn, Y Wăn, Y Kông, Y Jŭ, Y Bình,
        Y Lương, Y Hiếu, Y Mĭn, Y Nhân, Y Quốc`),
      true,
    ),
    female: custom(
      ede,
      '',
      phrases(`
        H'Mai, H'Linh, H'Lan, H'Bia, H'Ngọc, H'Nga, H'Djuăn, H'Wưn, H'Bliăk, H'Yar, H'Nhi, H'Trang,
        H'Hoa, H'Thu, H'Juôn, H'Duyên, H'Brŭ, H'Đăm, H'Ngăm, H'Rin, H'Lê, H'Loan, H'Bluên, H'Nuôn,
        H'Yến, H'Mĭ, H'Sương, H'Phương`),
      true,
    ),
  },
  'Gia Rai': {
    male: custom(
      giaRai,
      '',
      words(`
        Krung Tin Thuân Hyiu Blơi Hlơn Hiao Thim Bơm Yun Alơi Djit Hnhan Khuyên Kiên Nhơn Phong Lâm
        Toàn Thăng Thin Phin Minh Tuấn Nguyên Huy Pơi Yưng Jơnh Chuyên`),
    ),
    female: custom(
      giaRai,
      '',
      phrases(`
        H'Nhan, H'Yéo, H'Ly, H'Bơ, H'Lan, H'Oanh, H'Phim, H'Nga, H'Djiêng, H'Yơng, H'Linh, H'Hoa,
        H'Blơi, H'Mlơt, H'Chuyên, H'Bưm, H'Uyên, H'Trâm, H'Nhung, H'Thương, H'Huyền, H'Ngân, H'Đào`),
    ),
  },
  'Ba Na': {
    male: custom(
      words('A A A A Đinh'),
      '',
      words(`
        Thút Biu Ngưk Hyưk Nghĩa Bôih Yưh Jring Khưi Glơh Thanh Wưt Chưn Tơn Pơm Byơi Hrinh Yon Ple
        Phương Bik Huy Tuấn Lơm Nhưn`),
    ),
    female: custom(
      words('Y Y Y Y Đinh'),
      '',
      words(`
        Blơn Hyên Byin Hnhưn Ngoan Phương Thiên Mlih Hoa Lan Bơt Hrơi Nhơi Yưn Hanh Thơi Linh Trinh
        Hương Lưn Nga Mưn Hbyơm`),
    ),
  },
  'Xơ Đăng': {
    male: custom(
      words('A'),
      '',
      words(`
        Brông Thao Nhung Hoàng Ngọc Phiên Dũng Lăng Đeng Blong Tiến Hring Đô Vương Xuân Nam Pao Sơn
        Tem Bleo Ring Nghĩa Thuân Hùng`),
    ),
    female: custom(
      words('Y'),
      '',
      words(`
        Lăn Nhung Hà Hoa Đeng Bloi Ngọc Hạnh Thủy Lan Mai Vân Nương Rên Hlim Bông Đim Thảo Hồng Vi
        Xia Nga Thương`),
    ),
  },
  'Cơ Ho': {
    male: custom(
      [''],
      '',
      words(`
        K'Brếu K'Tem K'Brèo K'Bril K'Ten K'Long K'Thuận K'Tín K'Sơn K'Minh K'Dũng K'Nhim K'Tuấn
        K'Brôi K'Broi K'Điệp K'Hùng`),
    ),
    female: custom(
      [''],
      '',
      phrases(`
        Ka Hương, Ka Sắt, Ka Thủy, Ka Rin, Ka Nhim, Ka Hoa, Ka Linh, Ka Duyên, Ka Brêm, Ka Hồng,
        Ka Rêm, Ka Nga, Ka Thảo, Ka Hiền, Ka Dung, Ka Lan, Ka Mỹ`),
    ),
  },
}
