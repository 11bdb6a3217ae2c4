/** A province as it is today, and the number prefixes that the people registered in it carry. */
export interface Province {
  /** Two digits, Decision 19/2025/QĐ-TTg. A code is not a prefix. */
  code: string
  name: string
  prefixes: readonly string[]
}

/** What number prefixes mean: who had them when births were registered, and what became of it. */
export interface Provinces {
  /** The name each prefix stood for when it was given out. */
  byPrefix: ReadonlyMap<string, string>
  today: readonly Province[]
}

/**
 * The prefixes that no real person has. Each is a province that is made up, and whose name says so:
 * mộng is a dream, thử a trial, minh họa an illustration, ảo an illusion, tưởng imagined.
 */
const unreal: readonly (readonly [prefix: string, name: string])[] = [
  ['000', 'Mộng Sơn'],
  ['003', 'Thử Giang'],
  ['005', 'Minh Họa'],
  ['097', 'Vân Ảo'],
  ['098', 'Mộng Hải'],
  ['099', 'Tưởng Châu'],
]

/** Vân Ảo went into Mộng Hải, so that a merged province can be met without a real number. */
const unrealToday: readonly Province[] = [
  { code: '00', name: 'Mộng Sơn', prefixes: ['000'] },
  { code: '03', name: 'Thử Giang', prefixes: ['003'] },
  { code: '05', name: 'Minh Họa', prefixes: ['005'] },
  { code: '98', name: 'Mộng Hải', prefixes: ['097', '098'] },
  { code: '99', name: 'Tưởng Châu', prefixes: ['099'] },
]

/** Circular 07/2016/TT-BCA: superseded, but it still describes the numbers that exist. */
const real: readonly (readonly [prefix: string, name: string])[] = [
  ['001', 'Hà Nội'],
  ['002', 'Hà Giang'],
  ['004', 'Cao Bằng'],
  ['006', 'Bắc Kạn'],
  ['008', 'Tuyên Quang'],
  ['010', 'Lào Cai'],
  ['011', 'Điện Biên'],
  ['012', 'Lai Châu'],
  ['014', 'Sơn La'],
  ['015', 'Yên Bái'],
  ['017', 'Hòa Bình'],
  ['019', 'Thái Nguyên'],
  ['020', 'Lạng Sơn'],
  ['022', 'Quảng Ninh'],
  ['024', 'Bắc Giang'],
  ['025', 'Phú Thọ'],
  ['026', 'Vĩnh Phúc'],
  ['027', 'Bắc Ninh'],
  ['030', 'Hải Dương'],
  ['031', 'Hải Phòng'],
  ['033', 'Hưng Yên'],
  ['034', 'Thái Bình'],
  ['035', 'Hà Nam'],
  ['036', 'Nam Định'],
  ['037', 'Ninh Bình'],
  ['038', 'Thanh Hóa'],
  ['040', 'Nghệ An'],
  ['042', 'Hà Tĩnh'],
  ['044', 'Quảng Bình'],
  ['045', 'Quảng Trị'],
  ['046', 'Thừa Thiên Huế'],
  ['048', 'Đà Nẵng'],
  ['049', 'Quảng Nam'],
  ['051', 'Quảng Ngãi'],
  ['052', 'Bình Định'],
  ['054', 'Phú Yên'],
  ['056', 'Khánh Hòa'],
  ['058', 'Ninh Thuận'],
  ['060', 'Bình Thuận'],
  ['062', 'Kon Tum'],
  ['064', 'Gia Lai'],
  ['066', 'Đắk Lắk'],
  ['067', 'Đắk Nông'],
  ['068', 'Lâm Đồng'],
  ['070', 'Bình Phước'],
  ['072', 'Tây Ninh'],
  ['074', 'Bình Dương'],
  ['075', 'Đồng Nai'],
  ['077', 'Bà Rịa–Vũng Tàu'],
  ['079', 'TP Hồ Chí Minh'],
  ['080', 'Long An'],
  ['082', 'Tiền Giang'],
  ['083', 'Bến Tre'],
  ['084', 'Trà Vinh'],
  ['086', 'Vĩnh Long'],
  ['087', 'Đồng Tháp'],
  ['089', 'An Giang'],
  ['091', 'Kiên Giang'],
  ['092', 'Cần Thơ'],
  ['093', 'Hậu Giang'],
  ['094', 'Sóc Trăng'],
  ['095', 'Bạc Liêu'],
  ['096', 'Cà Mau'],
]

/**
 * After the mergers of 1 July 2025. Real: which prefix births since then get is not known, and most
 * of the merger lists are from memory.
 */
const realToday: readonly Province[] = [
  { code: '01', name: 'Hà Nội', prefixes: ['001'] },
  { code: '04', name: 'Cao Bằng', prefixes: ['004'] },
  { code: '08', name: 'Tuyên Quang', prefixes: ['002', '008'] },
  { code: '11', name: 'Điện Biên', prefixes: ['011'] },
  { code: '12', name: 'Lai Châu', prefixes: ['012'] },
  { code: '14', name: 'Sơn La', prefixes: ['014'] },
  { code: '15', name: 'Lào Cai', prefixes: ['010', '015'] },
  { code: '19', name: 'Thái Nguyên', prefixes: ['006', '019'] },
  { code: '20', name: 'Lạng Sơn', prefixes: ['020'] },
  { code: '22', name: 'Quảng Ninh', prefixes: ['022'] },
  { code: '24', name: 'Bắc Ninh', prefixes: ['024', '027'] },
  { code: '25', name: 'Phú Thọ', prefixes: ['017', '025', '026'] },
  { code: '31', name: 'Hải Phòng', prefixes: ['030', '031'] },
  { code: '33', name: 'Hưng Yên', prefixes: ['033', '034'] },
  { code: '37', name: 'Ninh Bình', prefixes: ['035', '036', '037'] },
  { code: '38', name: 'Thanh Hóa', prefixes: ['038'] },
  { code: '40', name: 'Nghệ An', prefixes: ['040'] },
  { code: '42', name: 'Hà Tĩnh', prefixes: ['042'] },
  { code: '44', name: 'Quảng Trị', prefixes: ['044', '045'] },
  { code: '46', name: 'Huế', prefixes: ['046'] },
  { code: '48', name: 'Đà Nẵng', prefixes: ['048', '049'] },
  { code: '51', name: 'Quảng Ngãi', prefixes: ['051', '062'] },
  { code: '52', name: 'Gia Lai', prefixes: ['052', '064'] },
  { code: '56', name: 'Khánh Hòa', prefixes: ['056', '058'] },
  { code: '66', name: 'Đắk Lắk', prefixes: ['054', '066'] },
  { code: '68', name: 'Lâm Đồng', prefixes: ['060', '067', '068'] },
  { code: '75', name: 'Đồng Nai', prefixes: ['070', '075'] },
  { code: '79', name: 'TP Hồ Chí Minh', prefixes: ['074', '077', '079'] },
  { code: '80', name: 'Tây Ninh', prefixes: ['072', '080'] },
  { code: '82', name: 'Đồng Tháp', prefixes: ['082', '087'] },
  { code: '86', name: 'Vĩnh Long', prefixes: ['083', '084', '086'] },
  { code: '91', name: 'An Giang', prefixes: ['089', '091'] },
  { code: '92', name: 'Cần Thơ', prefixes: ['092', '093', '094'] },
  { code: '96', name: 'Cà Mau', prefixes: ['095', '096'] },
]

/** The prefixes of the made-up provinces: the only ones that people have by default. */
export const unrealPrefixes: readonly string[] = unreal.map(([prefix]) => prefix)

/** Every province there is or was, the made-up ones included. */
export const provinces: Provinces = {
  byPrefix: new Map([...unreal, ...real]),
  today: [...unrealToday, ...realToday],
}
