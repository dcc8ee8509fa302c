import { certificateValidity } from './certificate';

/** What is wrong with a bundle of certificates, in its order. */
export type BundleFault =
  | { fault: 'empty' }
  /** A certificate that cannot be read, counted from 1 through all of them. */
  | { fault: 'unreadable'; certificate: number }
  /** It begins and does not end. */
  | { fault: 'unended'; line: number }
  /** A block that is something else, such as a private key. */
  | { fault: 'other-block'; label: string; line: number; last: boolean }
  /** Text before or between the certificates, which is passed over. */
  | { fault: 'text-between'; line: number }
  /** Text after the last certificate. */
  | { fault: 'text-after'; line: number };

const BEGIN = /^\s*-----BEGIN ([^-]+)-----\s*$/;
const END = /^\s*-----END ([^-]+)-----\s*$/;
const CERTIFICATE = 'CERTIFICATE';

interface Block {
  label: string;
  line: number;
  lines: string[];
}

/** A bundle, line by line: its blocks, and the lines that are in none. */
interface Parts {
  blocks: (Block & { ended: boolean })[];
  texts: { line: number; afterBlocks: number }[];
}

/**
 * What is wrong with a PEM bundle. Readers differ in what they forgive, so that some of them trust fewer certificates
 * than stand there, or none.
 *
 * Standard: RFC 7468, 2, 3; readers: Go, encoding/pem, `Decode`.
 */
export function bundleFaults(pem: string): BundleFault[] {
  const { blocks, texts } = partsOf(pem);
  const certificates = blocks.filter(
    ({ label, ended }) => label === CERTIFICATE && ended,
  );
  if (certificates.length === 0) {
    return [{ fault: 'empty' }];
  }
  return [
    ...blocks.flatMap((block, index) =>
      blockFault(block, certificates.indexOf(block) + 1, {
        last: index === blocks.length - 1,
      }),
    ),
    ...texts.map(
      ({ line, afterBlocks }): BundleFault => ({
        fault: afterBlocks === blocks.length ? 'text-after' : 'text-between',
        line,
      }),
    ),
  ];
}

function blockFault(
  { label, line, lines, ended }: Parts['blocks'][number],
  certificate: number,
  { last }: { last: boolean },
): BundleFault[] {
  if (label !== CERTIFICATE) {
    return [{ fault: 'other-block', label, line, last }];
  }
  if (!ended) {
    return [{ fault: 'unended', line }];
  }
  return certificateValidity(lines.join('\n'))
    ? []
    : [{ fault: 'unreadable', certificate }];
}

/** Of lines of text that follow each other only the first is kept. */
function partsOf(pem: string): Parts {
  const blocks: Parts['blocks'] = [];
  const texts: Parts['texts'] = [];
  let open: Block | undefined;
  pem.split('\n').forEach((text, index) => {
    const line = index + 1;
    const begins = BEGIN.exec(text)?.[1];
    if (begins !== undefined) {
      if (open) {
        blocks.push({ ...open, ended: false });
      }
      open = { label: begins, line, lines: [text] };
    } else if (open) {
      open.lines.push(text);
      if (END.exec(text)?.[1] === open.label) {
        blocks.push({ ...open, ended: true });
        open = undefined;
      }
    } else if (
      text.trim() !== '' &&
      texts.at(-1)?.afterBlocks !== blocks.length
    ) {
      texts.push({ line, afterBlocks: blocks.length });
    }
  });
  if (open) {
    blocks.push({ ...open, ended: false });
  }
  return { blocks, texts };
}
