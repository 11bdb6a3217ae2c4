import {
  familyNameOf,
  foreignFamilyName,
  foreignNationalities,
  inventAddress,
  inventEthnicity,
  inventForeignPlace,
  inventPlaceOfOrigin,
  type Chance,
  type Ethnicity,
  type InventedAddress,
} from '../invention/index.ts'
import { about, type Mixer } from './mix.ts'
import { planSize, type Slot } from './plan.ts'

/** What the members of a household share. */
export interface Family {
  address: InventedAddress
  /** Of citizens. */
  ethnicity: Ethnicity
  /** None where children do not take their father's. */
  familyName: string | undefined
  placeOfOrigin: string
  nationality: string
}

/** The family of a slot in a round, living in a province. */
export function familyOf(mixer: Mixer, slot: Slot, round: number, province: string): Family {
  const chance = mixer.chance(about.family, round * planSize + slot.household[0])
  const address = inventAddress(chance, province)
  if (slot.kind === 'foreigner') return { address, ...foreign(chance) }
  const ethnicity = inventEthnicity(chance, province)
  const isFromHere = ethnicity !== 'Kinh' || chance.happens(0.75)
  return {
    address,
    ethnicity,
    familyName: familyNameOf(chance, { ethnicity, province }),
    placeOfOrigin: inventPlaceOfOrigin(chance, isFromHere ? province : undefined),
    nationality: 'VNM',
  }
}

function foreign(chance: Chance): Omit<Family, 'address'> {
  const nationality = chance.weighted(foreignNationalities)
  return {
    ethnicity: 'Kinh',
    familyName: foreignFamilyName(chance, nationality),
    placeOfOrigin: inventForeignPlace(chance, nationality),
    nationality,
  }
}
