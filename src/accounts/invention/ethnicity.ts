import type { Chance, Weighted } from './chance.ts'

/** Peoples whose names are made in their own way. */
export type Ethnicity =
  | 'Kinh'
  | 'Tày'
  | 'Nùng'
  | 'Thái'
  | 'Mường'
  | 'Mông'
  | 'Dao'
  | 'Khmer'
  | 'Hoa'
  | 'Chăm'
  | 'Ê Đê'
  | 'Gia Rai'
  | 'Ba Na'
  | 'Xơ Đăng'
  | 'Cơ Ho'

/**
 * Who lives where, in percent of a province; the rest are Kinh. Assumed, so that over the country
 * about one person in seven belongs to a minority, as the census of 2019 counted (14.7 %,
 * remembered).
 */
const minorities: Readonly<Record<string, readonly Weighted<Exclude<Ethnicity, 'Kinh'>>[]>> = {
  'Cao Bằng': [
    [41, 'Tày'],
    [30, 'Nùng'],
    [12, 'Mông'],
    [11, 'Dao'],
  ],
  'Tuyên Quang': [
    [26, 'Tày'],
    [19, 'Mông'],
    [13, 'Dao'],
    [6, 'Nùng'],
  ],
  'Điện Biên': [
    [37, 'Thái'],
    [38, 'Mông'],
    [2, 'Dao'],
  ],
  'Lai Châu': [
    [32, 'Thái'],
    [24, 'Mông'],
    [14, 'Dao'],
  ],
  'Sơn La': [
    [54, 'Thái'],
    [16, 'Mông'],
    [7, 'Mường'],
    [2, 'Dao'],
  ],
  'Lào Cai': [
    [16, 'Tày'],
    [17, 'Mông'],
    [13, 'Dao'],
    [5, 'Thái'],
    [3, 'Nùng'],
  ],
  'Thái Nguyên': [
    [20, 'Tày'],
    [6, 'Nùng'],
    [5, 'Dao'],
  ],
  'Lạng Sơn': [
    [43, 'Nùng'],
    [36, 'Tày'],
    [3, 'Dao'],
  ],
  'Quảng Ninh': [
    [6, 'Dao'],
    [3, 'Tày'],
  ],
  'Bắc Ninh': [
    [3, 'Nùng'],
    [2, 'Tày'],
  ],
  'Phú Thọ': [
    [19, 'Mường'],
    [1, 'Dao'],
    [1, 'Thái'],
  ],
  'Hà Nội': [[1, 'Mường']],
  'Ninh Bình': [[1, 'Mường']],
  'Thanh Hóa': [
    [10, 'Mường'],
    [6, 'Thái'],
  ],
  'Nghệ An': [
    [10, 'Thái'],
    [1, 'Mông'],
  ],
  'Quảng Ngãi': [
    [7, 'Xơ Đăng'],
    [4, 'Ba Na'],
    [1, 'Gia Rai'],
  ],
  'Gia Lai': [
    [13, 'Gia Rai'],
    [6, 'Ba Na'],
  ],
  'Đắk Lắk': [
    [12, 'Ê Đê'],
    [3, 'Nùng'],
    [2, 'Tày'],
    [1, 'Gia Rai'],
    [1, 'Mông'],
  ],
  'Lâm Đồng': [
    [5, 'Cơ Ho'],
    [2, 'Tày'],
    [2, 'Nùng'],
    [1, 'Chăm'],
  ],
  'Khánh Hòa': [[4, 'Chăm']],
  'Đồng Nai': [
    [2, 'Hoa'],
    [1, 'Tày'],
  ],
  'TP Hồ Chí Minh': [[3, 'Hoa']],
  'Vĩnh Long': [[9, 'Khmer']],
  'Cần Thơ': [
    [11, 'Khmer'],
    [2, 'Hoa'],
  ],
  'An Giang': [
    [7, 'Khmer'],
    [1, 'Hoa'],
  ],
  'Cà Mau': [
    [4, 'Khmer'],
    [1, 'Hoa'],
  ],
}

export function inventEthnicity(chance: Chance, province: string): Ethnicity {
  const peoples = minorities[province] ?? []
  const kinh = 100 - peoples.reduce((sum, [percent]) => sum + percent, 0)
  return chance.weighted<Ethnicity>([[kinh, 'Kinh'], ...peoples])
}
