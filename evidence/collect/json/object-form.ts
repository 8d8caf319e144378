/**
 * What objects of one kind look like: the names of their members, which follows which, and which object follows which. A writer keeps to
 * one order, so the next name is mostly known before it is read, and comparing its bytes is all that reading it takes. A wrong guess
 * costs that comparison.
 */

/** A name as it stands in the text before its value, `"name":`, and as a string. */
export interface MemberName {
  readonly bytes: Uint8Array
  readonly text: string
  /** The name that followed it last in an object; undefined: not known yet. */
  next: MemberName | undefined
  /** The first name of the object that came last after one that begins with this name. */
  opens: MemberName | undefined
}

/** Objects with more names are maps, whose names do not come back. */
const mostNames = 32

/** UTF-16 code units; longer names are not held. */
const longestName = 64

export class ObjectForm {
  /** First name of the object that began last. */
  private begun: MemberName | undefined
  private last: MemberName | undefined
  private readonly names = new Map<string, MemberName>()

  /** What the next name should be; `first`: of an object that has begun just now. */
  guess(first: boolean): MemberName | undefined {
    return first ? this.begun?.opens : this.last?.next
  }

  /** The guess was right. */
  confirm(name: MemberName, first: boolean): void {
    this.last = name
    if (first) this.begun = name
  }

  /** It was not: what is there is `text`. Answers the string that stands for it from now on. */
  learn(text: string, first: boolean): string {
    const name = this.names.get(text) ?? this.add(text)
    if (name === undefined) return text
    if (first && this.begun !== undefined) this.begun.opens = name
    if (!first && this.last !== undefined) this.last.next = name
    this.confirm(name, first)
    return name.text
  }

  private add(text: string): MemberName | undefined {
    if (this.names.size >= mostNames || text.length > longestName) return undefined
    // A key of an object is the one string that V8 holds for its text: comparing it with a literal compares addresses.
    const [known = text] = Object.keys({ [text]: null })
    const name: MemberName = { bytes: Buffer.from(`${JSON.stringify(text)}:`), text: known, next: undefined, opens: undefined }
    this.names.set(known, name)
    return name
  }
}
