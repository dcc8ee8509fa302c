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

/** Networks and exceptions of a list: of more than this none is compared, since each is with each. */
const MOST = 500;

type Block = NonNullable<ReturnType<typeof parseBlock>>;

interface Range {
  text: string;
  block: Block;
  /** With the place of each in what is written. */
  except: { text: string; block: Block; place: number }[];
}

function rangesOf(
  networks: readonly LinkerdNetworkRange[],
): (Range | undefined)[] {
  const all = networks.flatMap(({ cidr, except = [] }) => [cidr, ...except]);
  return all.length > MOST ? [] : networks.map(rangeOf);
}

function rangeOf({
  cidr,
  except = [],
}: LinkerdNetworkRange): Range | undefined {
  const block = parseBlock(cidr);
  return (
    block && {
      text: cidr,
      block,
      except: except.flatMap((text, place) => {
        const left = parseBlock(text);
        return left ? [{ text, block: left, place }] : [];
      }),
    }
  );
}

/** Whether a range has all of a block: it includes it, and leaves out no part of it. */
function hasAll(range: Range, block: Block): boolean {
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
  const ranges = rangesOf(networks);
  for (const [index, range] of ranges.entries()) {
    if (range) {
      const others = ranges.filter((_, other) => other !== index);
      for (const left of range.except) {
        const wider = others.find(other => other && hasAll(other, left.block));
        if (wider) {
          yield {
            message: `The exception ${left.text} has no effect: ${wider.text} lets it in all the same`,
            field: `${at}[${index}].except[${left.place}]`,
          };
        }
      }
      const wider = ranges.find(
        (other, place) =>
          other &&
          place !== index &&
          hasAll(other, range.block) &&
          // Of two that are the same the first one counts.
          !(place > index && hasAll(range, other.block)),
      );
      if (wider) {
        yield {
          message: `${range.text} has no effect: ${wider.text} contains all of it`,
          field: `${at}[${index}].cidr`,
          level: 'info',
        };
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
