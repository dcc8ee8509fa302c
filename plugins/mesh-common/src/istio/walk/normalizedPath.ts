import { Answer } from '../../contract/common';
import { MeshConfig } from '../meshConfig';
import { OutboundAnswer } from './call';

/**
 * The path as a proxy compares and forwards it, by the mesh's `pathNormalization`. By default `.` and `..` are applied
 * and backslashes are slashes; MERGE_SLASHES makes one of several slashes too, and DECODE_AND_MERGE_SLASHES reads
 * escaped ones before. Escaped slashes stay as they are otherwise. What does not begin with a slash is no path.
 *
 * Upstream: pilot/pkg/networking/core/listener_builder.go, `buildHTTPConnectionManager`; Envoy
 * source/common/http/path_utility.cc, `canonicalPath`, `mergeSlashes`, `unescapeSlashes`.
 */
export function normalizedPath(
  written: string,
  {
    pathNormalization: { normalization },
  }: Pick<MeshConfig, 'pathNormalization'>,
): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(written) ?? [];
  if (normalization === 'NONE' || !path.startsWith('/')) {
    return written;
  }
  const decodes = normalization === 'DECODE_AND_MERGE_SLASHES';
  const merges = decodes || normalization === 'MERGE_SLASHES';
  const decoded = decodes
    ? path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\')
    : path;
  const canonical = withoutDots(decoded.replace(/\\/g, '/'));
  return `${merges ? canonical.replace(/\/+/g, '/') : canonical}${rest}`;
}

/** The answer to a call whose path was changed before it was looked at: the destination sees it so. */
export function withPath<T extends OutboundAnswer | Answer<'unknown'>>(
  answer: T,
  seen: string,
  written: string = '/',
): T {
  if ('value' in answer) {
    return answer;
  }
  const { rewrite, outcome } = answer;
  return seen === written || outcome !== 'route'
    ? answer
    : {
        ...answer,
        rewrite: { path: seen.split(/[?#]/, 1)[0], ...rewrite },
      };
}

/** As URLs have it: `..` takes away what is before it, and a final one leaves a slash. */
function withoutDots(path: string): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  segments.forEach((segment, index) => {
    const plain = segment.replace(/%2e/gi, '.');
    const isLast = index === segments.length - 1;
    if (plain === '..') {
      kept.pop();
    }
    if (plain !== '.' && plain !== '..') {
      kept.push(segment);
    } else if (isLast) {
      kept.push('');
    }
  });
  return `/${kept.join('/')}`;
}
