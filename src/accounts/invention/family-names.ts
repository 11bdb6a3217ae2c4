import type { Weighted } from './chance.ts'
import type { Region } from './regions.ts'

/**
 * How many of a thousand people have a family name. The first fifteen as a list of 2022 counts them
 * (remembered, not confirmed): Nguyễn 31.5 %, Trần 10.9 %, Lê 8.9 %, Phạm 5.9 %, Hoàng and Huỳnh
 * 5.1 %, Vũ and Võ 4.9 %, Phan 2.8 %. The rest are assumed.
 */
const everywhere: readonly Weighted<string>[] = [
  [315, 'Nguyễn'],
  [109, 'Trần'],
  [89, 'Lê'],
  [59, 'Phạm'],
  [28, 'Phan'],
  [22, 'Trương'],
  [21, 'Bùi'],
  [19, 'Đặng'],
  [19, 'Đỗ'],
  [17, 'Ngô'],
  [15, 'Hồ'],
  [14, 'Dương'],
  [10, 'Đinh'],
  [8, 'Đoàn'],
  [7, 'Lâm'],
  [7, 'Mai'],
  [7, 'Trịnh'],
  [7, 'Đào'],
  [6, 'Cao'],
  [6, 'Lý'],
  [6, 'Hà'],
  [5, 'Lưu'],
  [5, 'Lương'],
  [4, 'Thái'],
  [3, 'Tạ'],
  [3, 'Phùng'],
  [3, 'Tô'],
  [2, 'Tống'],
  [2, 'Từ'],
  [2, 'Vương'],
  [2, 'Kiều'],
  [2, 'Tăng'],
  [1, 'Quách'],
  [1, 'Triệu'],
  [1, 'Hứa'],
  [1, 'La'],
  [1, 'Đồng'],
  [1, 'Mạc'],
]

/** One family name each, said in two ways. */
const northern: readonly Weighted<string>[] = [
  ...everywhere,
  [51, 'Hoàng'],
  [46, 'Vũ'],
  [3, 'Võ'],
  [4, 'Chu'],
  [2, 'Lại'],
  [2, 'Nghiêm'],
  [1, 'Khổng'],
  [1, 'Doãn'],
  [1, 'Thân'],
]

const southern: readonly Weighted<string>[] = [
  ...everywhere,
  [42, 'Huỳnh'],
  [9, 'Hoàng'],
  [39, 'Võ'],
  [10, 'Vũ'],
  [4, 'Châu'],
  [3, 'Thi'],
  [2, 'Văn'],
  [2, 'Tôn'],
  [1, 'Giang'],
]

/** From Đà Nẵng on people are called Huỳnh and Võ. */
export const familyNamesIn = (region: Region): readonly Weighted<string>[] =>
  ['north', 'mountains', 'centre'].includes(region) ? northern : southern
