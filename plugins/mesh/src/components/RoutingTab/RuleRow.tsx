import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import BlockIcon from '@material-ui/icons/Block';
import { ObservedRoutes, RouteRule } from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { ReasonButton } from '../Reasons/ReasonButton';
import { StatusWord } from '../Status/StatusWord';
import { RuleEffects } from './RuleEffects';
import { RuleMatches } from './RuleMatches';
import { RuleTarget } from './RuleTarget';

const useStyles = makeStyles(
  theme => ({
    unreached: { color: subtleColor(theme) },
    wide: { minWidth: 200 },
  }),
  { name: 'MeshRuleRow' },
);

export type AttributedTraffic = ObservedRoutes['attributed'][number];

/** One rule: which requests, where to, and what else happens to them. */
export function RuleRow(props: {
  id: string;
  number: number;
  rule: RouteRule;
  attributed: AttributedTraffic | undefined;
}) {
  const { id, number, rule, attributed } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  const cell = rule.neverMatches ? classes.unreached : undefined;
  const title = `${t('routing.rules.number')} ${number}: ${rule.name}`;
  return (
    <MarkedRow shown={JSON.stringify(rule)}>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={cell}
        data-column="number"
      >
        {number}
      </TableCell>
      <TableCell
        className={`${classes.wide} ${cell ?? ''}`}
        data-column="match"
      >
        <RuleMatches matches={rule.matches} isFirst={number === 1} />
        {rule.neverMatches && (
          <ReasonButton
            id={answerId('never', id)}
            answer={{
              title,
              word: t('routing.rules.never'),
              reasons: [rule.neverMatches],
            }}
          >
            <StatusWord tone="neutral" icon={BlockIcon}>
              {t('routing.rules.never')}: {rule.neverMatches.text}
            </StatusWord>
          </ReasonButton>
        )}
      </TableCell>
      <TableCell className={`${classes.wide} ${cell ?? ''}`} data-column="goes">
        <RuleTarget id={id} title={title} rule={rule} attributed={attributed} />
      </TableCell>
      <TableCell className={cell} data-column="also">
        <RuleEffects id={id} title={title} rule={rule} />
      </TableCell>
      <TableCell className={cell} data-column="written">
        <ReasonButton
          id={answerId('written', id)}
          answer={{ title, reasons: rule.reasons }}
        >
          {rule.name}
        </ReasonButton>
      </TableCell>
    </MarkedRow>
  );
}
