/** No object of Kubernetes comes near this; what does is no object of Kubernetes. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** The lines of a stream of bytes, each as soon as it is complete, without ever holding the whole. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    let end = chunk.indexOf(0x0a);
    while (end >= 0) {
      parts.push(chunk.subarray(start, end));
      const line = textOf(parts);
      parts = [];
      length = 0;
      if (line !== '') {
        yield line;
      }
      start = end + 1;
      end = chunk.indexOf(0x0a, start);
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start));
      length += chunk.length - start;
      if (length > MAX_LINE_BYTES) {
        throw new RangeError(`A line is longer than ${MAX_LINE_BYTES} bytes`);
      }
    }
  }
  const rest = textOf(parts);
  if (rest !== '') {
    yield rest;
  }
}

/** A body that must be held whole, such as one page of a list. */
export async function bodyText(
  chunks: AsyncIterable<Uint8Array>,
): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > MAX_LINE_BYTES) {
      throw new RangeError(`A page is longer than ${MAX_LINE_BYTES} bytes`);
    }
  }
  return textOf(parts);
}

function textOf(parts: readonly Uint8Array[]): string {
  const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  return Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength).toString(
    'utf8',
  );
}
