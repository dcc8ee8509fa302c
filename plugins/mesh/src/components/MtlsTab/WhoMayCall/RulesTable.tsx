import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { answerId } from '../../../format/refs';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { subtleColor } from '../../../theme/tones';
import { DataTable } from '../../DataTable/DataTable';
import { DecidedBy } from '../../Reasons/DecidedBy';
import { StatusWord } from '../../Status/StatusWord';
import { RuleRow } from './callerRows';
import { placeText } from './callerText';
import { conditionLines } from './conditionText';
import { RULE_STATES } from './tones';

const COLUMNS = ['effect', 'from', 'requests', 'written', 'on'] as const;

const useStyles = makeStyles(
  theme => ({
    term: { fontFamily: 'monospace' },
    subtle: { color: subtleColor(theme) },
    line: { overflowWrap: 'anywhere' },
    wide: { minWidth: 200 },
  }),
  { name: 'MeshCallRules' },
);

/** The rules about who may call as they are written, in the order in which the mesh looks at them. */
export function RulesTable(props: { rows: readonly RuleRow[] }) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={t('callers.rules.caption')}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`callers.rules.columns.${key}`),
      }))}
    >
      {props.rows.map(row => (
        <RuleTableRow key={row.key} row={row} />
      ))}
    </DataTable>
  );
}

function RuleTableRow({ row: { key, rule, on } }: { row: RuleRow }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        data-column="effect"
      >
        <div>{t(`callers.rules.effects.${rule.effect}`)}</div>
        <div className={classes.term}>{rule.term}</div>
        {rule.state !== 'enforced' && (
          <StatusWord {...RULE_STATES[rule.state]}>
            {t(`callers.rules.states.${rule.state}`)}
          </StatusWord>
        )}
        {rule.enforcedBy && (
          <div className={classes.subtle}>
            {t('callers.rules.enforcedBy', { proxy: rule.enforcedBy })}
          </div>
        )}
      </TableCell>
      <TableCell className={classes.wide} data-column="from">
        <Lines
          lines={conditionLines(t, rule.from)}
          everything={t('callers.rules.anybody')}
          nothing={t('callers.rules.nobody')}
        />
      </TableCell>
      <TableCell className={classes.wide} data-column="requests">
        <Lines
          lines={conditionLines(t, rule.requests)}
          everything={t('callers.requests.all')}
          nothing={t('callers.requests.none')}
        />
      </TableCell>
      <TableCell data-column="written">
        <DecidedBy
          id={answerId('rule', key)}
          answer={{
            title: t('callers.rules.title'),
            word: rule.term,
            reasons: [rule.reason],
          }}
        />
      </TableCell>
      <TableCell data-column="on">
        {on.map(entry => (
          <div key={placeText(entry)}>{placeText(entry)}</div>
        ))}
      </TableCell>
    </TableRow>
  );
}

function Lines(props: {
  lines: readonly string[];
  everything: string;
  nothing: string;
}) {
  const classes = useStyles();
  const { lines, everything, nothing } = props;
  if (lines.length === 0) {
    return <>{nothing}</>;
  }
  return (
    <>
      {lines.map(line => (
        <div key={line} className={classes.line}>
          {line || everything}
        </div>
      ))}
    </>
  );
}
