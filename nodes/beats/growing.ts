/** Numbers in a row whose length is not known beforehand. */
export class Growing {
  #data = new Float32Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.#data.length) {
      const larger = new Float32Array(this.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.length++] = value
  }

  toArray(): Float32Array {
    return this.#data.slice(0, this.length)
  }
}
