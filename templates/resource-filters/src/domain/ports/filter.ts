/** Which values are wanted; an absent member does not restrict. */
export interface Filter<Value> {
  anyOf?: readonly Value[];
  /** The least value. */
  from?: Value;
  /** The greatest value. */
  to?: Value;
}
