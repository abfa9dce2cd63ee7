/** A column whose rows come one by one: a typed array that grows by half, so that a million rows are no million objects. */

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const FIRST_ROWS = 64;

export class GrowingColumn<Rows extends TypedArray> {
  length = 0;
  #rows: TypedArray;
  readonly #create: (length: number) => Rows;

  constructor(create: (length: number) => Rows) {
    this.#create = create;
    this.#rows = create(FIRST_ROWS);
  }

  push(value: number): void {
    if (this.length === this.#rows.length) {
      const grown = this.#create(Math.ceil(this.length * 1.5));
      grown.set(this.#rows);
      this.#rows = grown;
    }
    this.#rows[this.length] = value;
    this.length += 1;
  }

  /** Takes the last row away. */
  pop(): void {
    this.length -= 1;
  }

  /** 0 for a row that is not there. */
  get(row: number): number {
    return this.#rows[row] ?? 0;
  }

  set(row: number, value: number): void {
    this.#rows[row] = value;
  }

  /** All rows that there are now. */
  values(): Rows {
    return this.#rows.subarray(0, this.length) as Rows;
  }

  /** The rows that `order` names, in its order. */
  pick(order: Uint32Array): Rows {
    const picked = this.#create(order.length);
    const rows = this.#rows;
    for (let index = 0; index < order.length; index += 1) picked[index] = rows[order[index] ?? 0] ?? 0;
    return picked;
  }
}

export const growingBytes = () => new GrowingColumn((length) => new Uint8Array(length));
export const growingCodes = () => new GrowingColumn((length) => new Uint16Array(length));
export const growingIntegers = () => new GrowingColumn((length) => new Uint32Array(length));
export const growingNumbers = () => new GrowingColumn((length) => new Float64Array(length));

export type CodeRows = ReturnType<typeof growingCodes>;
export type IntegerRows = ReturnType<typeof growingIntegers>;
export type NumberRows = ReturnType<typeof growingNumbers>;
