/** A growing byte buffer with WebAssembly's integer encodings. */
export class Bytes {
  #data = new Uint8Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#data.length) this.#grow(this.#length + 1);
    this.#data[this.#length++] = value;
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#data.length) this.#grow(this.#length + bytes.length);
    this.#data.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Unsigned LEB128 of a u32. */
  u32(value: number): void {
    let rest = value >>> 0;
    for (; rest >= 0x80; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** Signed LEB128 of an i32. */
  i32(value: number): void {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  /** Little-endian f32. */
  f32(value: number): void {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value, true);
    this.append(new Uint8Array(view.buffer));
  }

  /** UTF-8 with its length before it. */
  name(text: string): void {
    this.sized(new TextEncoder().encode(text));
  }

  /** Bytes with their length before them. */
  sized(bytes: Uint8Array): void {
    this.u32(bytes.length);
    this.append(bytes);
  }

  finish(): Uint8Array {
    return this.#data.slice(0, this.#length);
  }

  #grow(least: number): void {
    const data = new Uint8Array(Math.max(least, this.#data.length * 2));
    data.set(this.#data.subarray(0, this.#length));
    this.#data = data;
  }
}
