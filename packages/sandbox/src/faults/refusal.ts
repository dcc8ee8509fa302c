import { ApiError } from '../api/status';
import type { Fault } from './faults';

const RETRY_AFTER_SECONDS = 1;

const REFUSALS = new Map<Fault['status'], () => ApiError>([
  [401, () => new ApiError(401, 'Unauthorized', 'Unauthorized')],
  [
    403,
    () => new ApiError(403, 'Forbidden', 'forbidden: a fault is switched on'),
  ],
  [
    429,
    () =>
      new ApiError(
        429,
        'TooManyRequests',
        'Too many requests, please try again later.',
        { retryAfterSeconds: RETRY_AFTER_SECONDS },
      ),
  ],
  [
    500,
    () =>
      new ApiError(
        500,
        'InternalError',
        'Internal error occurred: a fault is switched on',
        { causes: [{ message: 'a fault is switched on' }] },
      ),
  ],
  [
    503,
    () =>
      new ApiError(
        503,
        'ServiceUnavailable',
        'the server is currently unable to handle the request',
      ),
  ],
]);

/** The refusal of a fault that has one. */
export function refusalOf(fault: Fault): ApiError | undefined {
  return REFUSALS.get(fault.status)?.();
}

/** The page that a proxy shows in the place of the API server. */
export function htmlPage(code: number): string {
  return `<html>\r\n<head><title>${code}</title></head>\r\n<body>\r\n<center><h1>${code}</h1></center>\r\n<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n`;
}
