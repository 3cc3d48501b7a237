/** Of the intermediate representation, what runs for ever: by no schedule, and always started again. */

export interface Resources {
  readonly cpu?: string;
  readonly memory?: string;
}

/** Keeps tiles, and with them the store, current from the history of a topic; of a group of latest values, an entity's newest version is its tile. */
export interface TilesWork {
  readonly kind: "tiles";
  readonly plan: string;
  readonly source: string;
  /** From the source's rows to events, row by row. */
  readonly views: readonly string[];
  readonly store: string;
  /** Path of the folder with the tables that it goes on from. */
  readonly state: string;
  readonly resources: Required<Resources>;
}
