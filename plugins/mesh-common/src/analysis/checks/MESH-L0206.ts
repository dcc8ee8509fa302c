import { blockIncludes, parseBlock } from '../../linkerd/addressBlocks';
import { LinkerdNetworkRange } from '../../linkerd/objects';
import { AnyCheck, CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-L0206',
  level: 'warning',
  title: 'Networks overlap, so that one of them has no effect',
  explanation:
    'An address counts as soon as one of the networks contains it. An exception has no effect where another network of the list contains what it leaves out, and a network has none where another one contains all of it.',
  upstream: 'policy-controller/core/src/network_match.rs (linkerd2)',
  mesh: 'linkerd',
  needs: [],
} as const;

/** More than this are not compared with each other, since each is with each. */
const MOST = 200;

interface Range {
  text: string;
  block: NonNullable<ReturnType<typeof parseBlock>>;
  except: { text: string; block: NonNullable<ReturnType<typeof parseBlock>> }[];
}

function rangesOf(
  networks: readonly LinkerdNetworkRange[],
): (Range | undefined)[] {
  return networks.map(({ cidr, except = [] }) => {
    const block = parseBlock(cidr);
    return (
      block && {
        text: cidr,
        block,
        except: except.flatMap(text => {
          const left = parseBlock(text);
          return left ? [{ text, block: left }] : [];
        }),
      }
    );
  });
}

/** Whether a range has all of a block: it includes it, and leaves out no part of it. */
function hasAll(range: Range, block: Range['block']): boolean {
  return (
    blockIncludes(range.block, block) &&
    range.except.every(
      left =>
        !blockIncludes(left.block, block) && !blockIncludes(block, left.block),
    )
  );
}

function* overlaps(
  networks: readonly LinkerdNetworkRange[],
  at: string,
): Iterable<CheckFinding> {
  const ranges = rangesOf(networks.slice(0, MOST));
  for (const [index, range] of ranges.entries()) {
    for (const [other, wider] of ranges.entries()) {
      if (range && wider && other !== index) {
        for (const [place, left] of range.except.entries()) {
          if (hasAll(wider, left.block)) {
            yield {
              message: `The exception ${left.text} has no effect: ${wider.text} lets it in all the same`,
              field: `${at}[${index}].except[${place}]`,
            };
          }
        }
        const same = hasAll(range, wider.block) && other > index;
        if (!same && hasAll(wider, range.block)) {
          yield {
            message: `${range.text} has no effect: ${wider.text} contains all of it`,
            field: `${at}[${index}].cidr`,
            level: 'info',
          };
        }
      }
    }
  }
}

/** Networks of which some contain what others have, or leave out. */
export const networksOverlap: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/NetworkAuthentication',
    run: ({ spec }) => overlaps(spec.networks ?? [], 'spec.networks'),
  }),
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/ServerAuthorization',
    run: ({ spec }) =>
      overlaps(spec.client?.networks ?? [], 'spec.client.networks'),
  }),
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/EgressNetwork',
    run: ({ spec }) => overlaps(spec.networks ?? [], 'spec.networks'),
  }),
];
