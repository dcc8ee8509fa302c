import { ApiError } from './status';

/** The form in which a client wants an answer. */
export interface MediaType {
  format: 'json' | 'yaml';
  /** A transformation: Table, PartialObjectMetadata, or a form of discovery. */
  as?: string;
  group: string;
  version: string;
  /** The header that answers it. */
  contentType: string;
}

const FORMATS = new Map<string, MediaType['format']>([
  ['application/json', 'json'],
  ['application/yaml', 'yaml'],
  ['application/*', 'json'],
  ['*/*', 'json'],
]);

/** The first of the accepted media types that the server can make; 406 where there is none. */
export function negotiate(
  accept: string | undefined,
  serves: (media: MediaType) => boolean,
): MediaType {
  const clauses = (accept?.trim() || '*/*')
    .split(',')
    .map(clause => parse(clause))
    .filter(clause => clause !== undefined)
    .sort((a, b) => b.quality - a.quality);
  const found = clauses.find(
    ({ media }) => media.as === undefined || serves(media),
  );
  if (!found) {
    throw new ApiError(
      406,
      'NotAcceptable',
      'only the following media types are accepted: application/json, application/yaml',
    );
  }
  return found.media;
}

function parse(
  clause: string,
): { media: MediaType; quality: number } | undefined {
  const [type, ...rest] = clause.split(';').map(part => part.trim());
  const format = FORMATS.get(type.toLowerCase());
  if (!format) {
    return undefined;
  }
  const parameters = new Map(
    rest.map(parameter => {
      const [name, value = ''] = parameter.split('=');
      return [name.trim(), value.trim()];
    }),
  );
  const quality = Number(parameters.get('q') ?? 1);
  const as = parameters.get('as');
  return {
    quality: Number.isNaN(quality) ? 1 : quality,
    media: {
      format,
      ...(as && { as }),
      group: parameters.get('g') ?? '',
      version: parameters.get('v') ?? '',
      contentType: `application/${format}`,
    },
  };
}
