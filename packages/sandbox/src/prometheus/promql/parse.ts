import { parser } from '@prometheus-io/lezer-promql';
import type { Expr } from './ast';
import { checkTypes } from './check';
import { BadQuery } from './errors';
import { Reader } from './reader';

/**
 * Parses a query with Prometheus' own grammar. Text that is no PromQL is a BadQuery; PromQL outside the subset is an
 * ExecutionError that names the construct.
 */
export function parse(query: string): Expr {
  const tree = parser.parse(query);
  const reader = new Reader(query);
  tree.iterate({
    enter(node) {
      if (node.type.isError) {
        throw new BadQuery(
          `${reader.position(node.from)}: parse error: unexpected ${
            query.slice(node.from).trim() === ''
              ? 'end of input'
              : JSON.stringify(query.slice(node.from, node.from + 20))
          }`,
        );
      }
    },
  });
  const top = tree.topNode.firstChild;
  if (!top) {
    throw new BadQuery('unknown position: parse error: no expression found');
  }
  const expr = reader.expression(top);
  checkTypes(expr);
  return expr;
}
