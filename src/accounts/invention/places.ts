import type { Chance, Weighted } from './chance.ts'
import { provincesToday, regionOf, type Region } from './regions.ts'
import { phrases, words } from './words.ts'

/** Where nobody in particular lives. */
export interface InventedAddress {
  street: string
  commune: string
  province: string
}

/**
 * Made of syllables that names of communes are made of. One may by chance be the name of a real
 * place; a street in it, and what is told of who lives there, never is.
 */
const first = words(`
  An Bình Cẩm Châu Đông Đức Gia Hải Hiệp Hòa Hoàng Hưng Kim Lạc Long Minh Mỹ Nam Nghĩa Ngọc Nhân
  Phú Phúc Phước Quang Sơn Tam Tân Tây Thanh Thành Thạnh Thiện Thọ Thuận Trung Trường Tường Vạn Văn
  Việt Vĩnh Xuân Yên`)
const second = words(`
  An Bình Cát Châu Đạo Điền Đông Đức Giang Hà Hải Hậu Hiệp Hòa Hội Hưng Khánh Khê Lạc Lâm Lập Lễ
  Lĩnh Lộc Long Lợi Lương Mai Minh Mỹ Nghĩa Nguyên Ninh Phong Phú Phúc Quang Sơn Tâm Tân Thạch Thái
  Thành Thịnh Thọ Thủy Thuận Tiến Trung Trường Vân Xuân Xá Yên`)
const mountainFirst = words('Bản Chiềng Mường Nậm Nà Pá Phiêng Tà Lũng Khau Pắc')
const mountainSecond = words(`
  Bung Chăn Hạ Hin Khoa Lay Lầm Luông Mạ Mòn Nghịu Pàn Phung Sại Sàng Tăm Tèn Tong Tỏng Vài Xang`)
const highlandFirst = words('Ea Ia Đắk Krông Cư Chư')
const highlandSecond = words(`
  Bông Drơng Hiao Hleo Kly Lâm Mút Ngai Păl Prông Riêng Rong Siên Tiêu Trol Wer Yêng Blang Tul`)

/** Names of streets that every town has, so that none points at one. */
const streets = phrases(`
  Trần Hưng Đạo, Lê Lợi, Nguyễn Trãi, Quang Trung, Lý Thường Kiệt, Hai Bà Trưng, Phan Đình Phùng,
  Nguyễn Du, Ngô Quyền, Trần Phú, Hùng Vương, Nguyễn Huệ, Lê Hồng Phong, Bà Triệu, Phan Chu Trinh,
  Hoàng Hoa Thám, Nguyễn Công Trứ, Đinh Tiên Hoàng, Lạc Long Quân, Âu Cơ, Nguyễn Văn Cừ, Hàm Nghi,
  Cách Mạng Tháng Tám, Thống Nhất, Hòa Bình, Giải Phóng, Võ Thị Sáu, Chu Văn An, Yết Kiêu,
  Nguyễn Đình Chiểu, Đoàn Thị Điểm, Tản Đà, Xuân Diệu, Tô Hiến Thành, Hoa Sen, Hoa Ban, Sông Xanh`)

const hamlets = words(`
  Đông Đoài Thượng Hạ Trung Nội Ngoại Chùa Đình Giếng Đồi Cầu Chợ Bến Gò Mới Tiền Thắng Tự Nghè`)
const hamletNames = phrases(`
  An Lạc, An Thịnh, Bình Minh, Đông Hòa, Hòa Hưng, Long Thạnh, Mỹ Hòa, Phú Lợi, Phước Lộc, Tân Lập,
  Tân Tiến, Thạnh An, Thuận Hòa, Vĩnh Lộc, Xuân Phong, Yên Phú, Hưng Thịnh, Quyết Tiến, Đoàn Kết,
  Thắng Lợi, Tân Phú, Phú Xuân, Trung Tâm, Đồng Tâm`)

/** What people call the smallest place in the countryside. */
const hamletWords: Readonly<Record<Region, readonly Weighted<string>[]>> = {
  mountains: [
    [6, 'Bản'],
    [4, 'Thôn'],
  ],
  north: [
    [7, 'Thôn'],
    [4, 'Xóm'],
  ],
  highlands: [
    [6, 'Thôn'],
    [3, 'Buôn'],
    [2, 'Làng'],
  ],
  centre: [
    [7, 'Thôn'],
    [4, 'Xóm'],
  ],
  coast: [
    [8, 'Thôn'],
    [1, 'Xóm'],
  ],
  south: [[1, 'Ấp']],
}

/**
 * How many in a hundred live in a ward rather than a commune; elsewhere 30. Assumed after the look
 * of the map.
 */
const inWards: Readonly<Record<string, number>> = {
  'Hà Nội': 55,
  'TP Hồ Chí Minh': 75,
  'Đà Nẵng': 55,
  'Hải Phòng': 50,
  Huế: 60,
  'Cần Thơ': 45,
  'Đồng Nai': 45,
  'Bắc Ninh': 45,
  'Quảng Ninh': 65,
  'Khánh Hòa': 45,
}

/**
 * How many ten thousand people live in each province, as the resolution on the mergers of 2025
 * gives them (202/2025/QH15; remembered, not confirmed).
 */
const people: Readonly<Record<string, number>> = {
  'Hà Nội': 881,
  'Cao Bằng': 57,
  'Tuyên Quang': 187,
  'Điện Biên': 67,
  'Lai Châu': 51,
  'Sơn La': 140,
  'Lào Cai': 178,
  'Thái Nguyên': 180,
  'Lạng Sơn': 88,
  'Quảng Ninh': 150,
  'Bắc Ninh': 362,
  'Phú Thọ': 402,
  'Hải Phòng': 466,
  'Hưng Yên': 357,
  'Ninh Bình': 441,
  'Thanh Hóa': 432,
  'Nghệ An': 383,
  'Hà Tĩnh': 162,
  'Quảng Trị': 187,
  Huế: 143,
  'Đà Nẵng': 307,
  'Quảng Ngãi': 216,
  'Gia Lai': 358,
  'Khánh Hòa': 224,
  'Đắk Lắk': 335,
  'Lâm Đồng': 387,
  'Đồng Nai': 449,
  'TP Hồ Chí Minh': 1400,
  'Tây Ninh': 325,
  'Đồng Tháp': 437,
  'Vĩnh Long': 426,
  'An Giang': 495,
  'Cần Thơ': 420,
  'Cà Mau': 261,
}

/** The provinces of today, each as often as people live there. */
export const provincesByPeople: readonly Weighted<string>[] = provincesToday.map(({ name }) => [
  people[name] ?? 100,
  name,
])

/** The names of the 34 provinces there are. */
export const provinceNames: readonly string[] = provincesToday.map(({ name }) => name)

export const inventProvince = (chance: Chance): string => chance.weighted(provincesByPeople)

/** A house, in a commune that there need not be, of a province of today. */
export function inventAddress(chance: Chance, province?: string): InventedAddress {
  const at = province ?? inventProvince(chance)
  const region = regionOf(at)
  if (!chance.happens((inWards[at] ?? 30) / 100))
    return {
      street: hamlet(chance, region),
      commune: `Xã ${communeName(chance, region)}`,
      province: at,
    }
  const isTown = region === 'mountains' || region === 'highlands'
  return {
    street: townStreet(chance, region),
    commune: `Phường ${communeName(chance, isTown ? 'north' : region)}`,
    province: at,
  }
}

/** Where a family comes from, as a card says it: `Xã Tân Lập, Nghệ An`. */
export function inventPlaceOfOrigin(chance: Chance, province?: string): string {
  const at = province ?? inventProvince(chance)
  return `Xã ${communeName(chance, regionOf(at))}, ${at}`
}

/** Where others live than Kinh, half of the communes have a name in their language. */
function communeName(chance: Chance, region: Region): string {
  if (region === 'mountains' && chance.happens(0.6))
    return twoOf(chance, mountainFirst, mountainSecond)
  if (region === 'highlands' && chance.happens(0.5))
    return twoOf(chance, highlandFirst, highlandSecond)
  return twoOf(chance, first, second)
}

function twoOf(chance: Chance, before: readonly string[], after: readonly string[]): string {
  const one = chance.pick(before)
  return `${one} ${chance.pick(after.filter((two) => two !== one))}`
}

function hamlet(chance: Chance, region: Region): string {
  const kind = chance.weighted(hamletWords[region])
  if (kind === 'Bản') return `Bản ${chance.pick(mountainSecond)}`
  if (kind === 'Buôn' || kind === 'Làng') return `${kind} ${chance.pick(highlandSecond)}`
  if (chance.happens(0.4)) return `${kind} ${1 + chance.below(12)}`
  const isNorthern = region === 'north' || region === 'centre'
  return `${kind} ${chance.pick(isNorthern ? hamlets : hamletNames)}`
}

function townStreet(chance: Chance, region: Region): string {
  const house = 1 + chance.below(240)
  const street = chance.pick(streets)
  const lane = 1 + chance.below(90)
  if (region === 'north' && chance.happens(0.3)) return `Số ${house}, ngõ ${lane}, phố ${street}`
  if (region === 'south' && chance.happens(0.3)) return `${house}/${lane} đường ${street}`
  return `${house} đường ${street}`
}
