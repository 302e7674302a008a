// Texts of any content on one line of printable characters.

// Whatever a terminal might take as an order, and what would end the line or the quotation.
const unprintable = /["\\]|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** The text in double quotes, with `\n`, `\r`, `\t`, `\"`, `\\` and `\u{...}` for what cannot be shown. */
export function quote(text: string): string {
  return `"${text.replace(unprintable, (character) => {
    switch (character) {
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      case '"':
      case '\\':
        return `\\${character}`;
    }
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  })}"`;
}

/** The text that `quote` made this of; undefined where it is not a quotation. */
export function unquote(quotation: string): string | undefined {
  const inside = /^"((?:[^"\\]|\\.)*)"$/su.exec(quotation)?.[1];
  if (inside === undefined) return undefined;
  let good = true;
  const text = inside.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|(.))/gisu,
    (_, code: string | undefined, letter: string | undefined) => {
      if (code !== undefined && Number.parseInt(code, 16) <= 0x10ffff)
        return String.fromCodePoint(Number.parseInt(code, 16));
      switch (letter) {
        case 'n':
          return '\n';
        case 'r':
          return '\r';
        case 't':
          return '\t';
        case '"':
        case '\\':
          return letter;
      }
      good = false;
      return '';
    },
  );
  return good ? text : undefined;
}
