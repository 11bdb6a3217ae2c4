/** Why something was decided: the rule in words, and where it stands. */
export interface Why {
  rule: string
  source?: string
}
