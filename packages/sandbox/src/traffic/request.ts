import type { Call, RequestShape } from './profile';

export type Protocol = 'http' | 'grpc' | 'tcp';

/** One kind of request of a caller, with its rate over all pods of the caller. */
export interface Request extends Omit<RequestShape, 'share'> {
  protocol: Protocol;
  /** As the caller writes it. */
  host: string;
  port: number;
  rate: number;
}

/** The requests of a call; a TCP call is connections without a content. */
export function requestsOf({ to, rate, requests }: Call): Request[] {
  const [, scheme, host, port] =
    /^(\w+):\/\/([^:]+)(?::(\d+))?$/.exec(to) ?? [];
  const protocol: Protocol =
    scheme === 'tcp' || scheme === 'grpc' ? scheme : 'http';
  const target = { protocol, host, port: Number(port ?? 80) };
  const mix =
    protocol === 'tcp' || requests.length === 0
      ? [{ share: 1, method: '', path: '/', headers: {} }]
      : requests;
  const total = mix.reduce((sum, { share }) => sum + share, 0);
  return mix.map(({ share, ...shape }) => ({
    ...shape,
    ...target,
    rate: (rate * share) / total,
  }));
}
