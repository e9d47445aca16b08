/** A value of JSON. */
export type JsonValue = string | number | boolean | null | Json;

/** An object or a list of JSON. */
export type Json = { [name: string]: JsonValue | undefined } | JsonValue[];
