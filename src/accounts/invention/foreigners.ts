import type { Sex } from '../person.ts'
import type { Chance, Weighted } from './chance.ts'
import type { InventedName } from './names.ts'
import { phrases, words } from './words.ts'

/** Where foreigners come from: their usual names in Latin letters, and towns as Vietnamese say them. */
interface Country {
  families: readonly string[]
  men: readonly string[]
  women: readonly string[]
  towns: readonly string[]
}

const country = (families: string, men: string, women: string, towns: string): Country => ({
  families: words(families),
  men: phrases(men),
  women: phrases(women),
  towns: phrases(towns.replaceAll(' / ', ',')).map((town) => town.replace(' · ', ', ')),
})

const german = country(
  'Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Koch Richter Wolf Neumann Braun',
  'Thomas, Michael, Stefan, Jan Peter, Lukas, Felix, Andreas, Martin, Jonas, Max Paul',
  'Anna Maria, Julia, Katrin, Sabine, Lena, Laura Sophie, Claudia, Monika, Johanna, Eva',
  'Berlin · Đức / Hamburg · Đức / Köln · Đức / Leipzig · Đức',
)

const english = country(
  'Smith Johnson Brown Taylor Wilson Davies Evans Walker Wright Green Hall Clarke Baker Carter Reed',
  'James Robert, Oliver, William, Daniel, Thomas Henry, Jack, Samuel, George, Andrew, Peter John',
  'Emily, Charlotte Rose, Olivia, Sarah Jane, Hannah, Grace, Laura, Emma Louise, Alice, Megan',
  'Thành phố lớn ở nước ngoài',
)

const countries: Readonly<Record<string, Country>> = {
  KOR: country(
    'Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon',
    'Minjun, Seojun, Jihoon, Hyunwoo, Sungho, Youngsoo, Dongwook, Jaehyun, Taeyang, Kyungmin',
    'Seoyeon, Jiwoo, Minji, Soojin, Eunji, Hyejin, Yuna, Jihye, Haeun, Miyoung',
    'Seoul · Hàn Quốc / Busan · Hàn Quốc / Incheon · Hàn Quốc / Daegu · Hàn Quốc',
  ),
  CHN: country(
    'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo',
    'Wei, Jun, Haoran, Zihao, Ming, Jianguo, Lei, Yichen, Qiang, Bowen',
    'Fang, Xiuying, Na, Jing, Yuting, Xinyi, Li Na, Meiling, Yan, Zihan',
    'Bắc Kinh · Trung Quốc / Thượng Hải · Trung Quốc / Quảng Châu · Trung Quốc / Côn Minh · Trung Quốc',
  ),
  TWN: country(
    'Chen Lin Huang Chang Lee Wang Wu Liu Tsai Yang Hsu Cheng Hsieh Kuo',
    'Chia-Hao, Chih-Wei, Chun-Chieh, Kuan-Yu, Tsung-Han, Ming-Hsien, Po-Han, Cheng-Han',
    'Ya-Ting, Shu-Fen, Mei-Ling, Yi-Chun, Hsin-Yi, Pei-Shan, Chia-Ling, Yu-Ting',
    'Đài Bắc · Đài Loan / Cao Hùng · Đài Loan / Đài Trung · Đài Loan',
  ),
  JPN: country(
    'Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada',
    'Haruto, Yuto, Kenji, Takashi, Hiroshi, Daiki, Sota, Ren, Shota, Kazuya',
    'Yui, Sakura, Hana, Yoko, Keiko, Aoi, Misaki, Naoko, Rin, Emi',
    'Tokyo · Nhật Bản / Osaka · Nhật Bản / Nagoya · Nhật Bản / Fukuoka · Nhật Bản',
  ),
  USA: {
    ...english,
    towns: phrases('Houston, Chicago, Seattle, Boston').map((at) => `${at}, Hoa Kỳ`),
  },
  GBR: { ...english, towns: phrases('London, Leeds, Bristol').map((at) => `${at}, Anh`) },
  AUS: { ...english, towns: phrases('Sydney, Melbourne, Perth').map((at) => `${at}, Úc`) },
  DEU: german,
  FRA: country(
    'Martin Bernard Dubois Durand Moreau Laurent Lefebvre Michel Garcia Roux Fournier Girard Mercier',
    'Pierre, Jean Marc, Lucas, Antoine, Nicolas, Julien, Hugo, Philippe, Mathieu, Louis',
    'Marie, Camille, Sophie, Claire, Chloé, Élodie, Anne Laure, Juliette, Manon, Hélène',
    'Paris · Pháp / Lyon · Pháp / Toulouse · Pháp / Lille · Pháp',
  ),
  RUS: country(
    'Smirnov Volkov Morozov Sokolov Lebedev Novikov Kozlov Pavlov',
    'Aleksandr, Dmitrii, Sergei, Andrei, Ivan, Maksim, Nikolai',
    'Anna, Elena, Olga, Mariia, Natalia, Irina, Ekaterina',
    'Moskva · Nga / Vladivostok · Nga / Kazan · Nga',
  ),
  IND: country(
    'Sharma Patel Singh Kumar Gupta Reddy Nair Iyer Das Mehta Joshi',
    'Arjun, Rahul, Amit, Vijay, Sanjay, Rohan, Karthik, Anil',
    'Priya, Ananya, Kavita, Sunita, Deepa, Neha, Lakshmi, Meera',
    'Mumbai · Ấn Độ / Chennai · Ấn Độ / Kochi · Ấn Độ',
  ),
  PHL: country(
    'Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Castillo Flores',
    'Jose, Mark Anthony, John Paul, Ramon, Miguel, Carlo, Rafael',
    'Maria Teresa, Angelica, Jasmine, Cristina, Rowena, Mary Grace, Liza',
    'Manila · Philippines / Cebu · Philippines / Davao · Philippines',
  ),
  LAO: country(
    'Phommachanh Sayavong Keomany Vongsa Sisavath Inthavong Chanthavong Souvannavong',
    'Bounmy, Khamla, Somchai, Phonexay, Sengdao, Vilay, Anousone',
    'Noy, Chanthala, Bouavanh, Malaythong, Souksavanh, Phetsamone, Vanida',
    'Viêng Chăn · Lào / Savannakhet · Lào / Pakse · Lào',
  ),
  KHM: country(
    'Sok Chan Chea Keo Heng Meas Ouk Pich Prak Sim',
    'Dara, Sophal, Vuthy, Rithy, Samnang, Borey, Piseth',
    'Bopha, Sreymom, Chanthou, Kunthea, Sophea, Rachana, Sokha',
    'Phnôm Pênh · Campuchia / Battambang · Campuchia / Siem Reap · Campuchia',
  ),
  THA: country(
    'Saetang Chaiyasit Srisuk Thongchai Wongsawat Boonmee Suwan Charoen',
    'Somchai, Anan, Krit, Niran, Prasert, Thanawat, Wichai',
    'Siriporn, Malee, Kanya, Nattaya, Pim, Ratana, Suda',
    'Bangkok · Thái Lan / Chiang Mai · Thái Lan / Udon Thani · Thái Lan',
  ),
  MYS: country(
    'Tan Lim Lee Wong Ng Chong Goh Yap Teoh',
    'Wei Ming, Jun Jie, Kok Leong, Chee Keong, Zhi Hao',
    'Mei Yee, Hui Min, Pei Ling, Siew Ling, Jia Wen',
    'Kuala Lumpur · Malaysia / Penang · Malaysia / Johor Bahru · Malaysia',
  ),
}

/** Whose citizens live in Viet Nam with a residence card. Assumed. */
export const foreignNationalities: readonly Weighted<string>[] = [
  [30, 'KOR'],
  [22, 'CHN'],
  [9, 'JPN'],
  [8, 'TWN'],
  [5, 'USA'],
  [4, 'LAO'],
  [4, 'KHM'],
  [3, 'IND'],
  [3, 'PHL'],
  [2, 'FRA'],
  [2, 'RUS'],
  [2, 'GBR'],
  [2, 'AUS'],
  [2, 'THA'],
  [1, 'MYS'],
  [1, 'DEU'],
]

/**
 * A foreigner's name, family name first; of a country that is not listed, an English one.
 *
 * @param family What {@link foreignFamilyName} gave for a whole family.
 */
export function inventForeignName(
  chance: Chance,
  nationality: string,
  sex: Sex,
  family: string = foreignFamilyName(chance, nationality),
): InventedName {
  const { men, women } = countries[nationality] ?? english
  const familyName = nationality === 'RUS' && sex === 'female' ? `${family}a` : family
  const givenName = chance.pick(sex === 'female' ? women : men)
  return { name: `${familyName} ${givenName}`, familyName, givenName }
}

/** The name of a family, as its men have it. */
export const foreignFamilyName = (chance: Chance, nationality: string): string =>
  chance.pick((countries[nationality] ?? english).families)

/** A town abroad, as a card says it. */
export const inventForeignPlace = (chance: Chance, nationality: string): string =>
  chance.pick((countries[nationality] ?? english).towns)
