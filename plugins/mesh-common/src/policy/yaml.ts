import { Document, isScalar, visit } from 'yaml';

/**
 * Text that no reader takes for anything but text, nor for a part of YAML's own syntax. Two letters come first,
 * since some take `e1` for a number.
 */
const PLAIN = /^(?:\/|[A-Za-z]{2})[A-Za-z0-9./_-]*$/;

/** Words that readers of one version of YAML or another take for a boolean, null or number. */
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/**
 * An object as a YAML document. Every text that could be read as something else by some reader, of YAML 1.1
 * (as Kubernetes' own) or 1.2, is in double quotes, with characters beyond ASCII escaped.
 */
export function toYaml(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string') {
        node.type =
          PLAIN.test(node.value) && !NOT_TEXT.test(node.value)
            ? 'PLAIN'
            : 'QUOTE_DOUBLE';
      }
    },
  });
  return escapeBeyondAscii(document.toString({ lineWidth: 0 }));
}

/**
 * In what is written above, characters beyond ASCII stand in double quotes only, where they may be escaped.
 * Half of a surrogate pair is no character, and no reader takes it.
 */
function escapeBeyondAscii(yaml: string): string {
  return yaml.replace(/[^\n -~]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) {
      return '\\ufffd';
    }
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
