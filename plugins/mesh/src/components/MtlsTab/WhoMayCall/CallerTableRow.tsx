import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import { answerId } from '../../../format/refs';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';
import { subtleColor } from '../../../theme/tones';
import { MarkedRow } from '../../DataTable/MarkedRow';
import { DecidedBy } from '../../Reasons/DecidedBy';
import { explain } from '../../Reasons/explain';
import { StatusWord } from '../../Status/StatusWord';
import { TrafficFigures } from '../ObservedFigures';
import { CallerRow } from './callerRows';
import { callerName, driftText, placeText } from './callerText';
import { requestLines } from './conditionText';
import { CALLS } from './tones';

const useStyles = makeStyles(
  theme => ({
    subtle: {
      color: subtleColor(theme),
      fontWeight: 400,
      overflowWrap: 'anywhere',
    },
    caller: { minWidth: 190, fontWeight: 500 },
    whole: { whiteSpace: 'nowrap' },
    requests: { minWidth: 120 },
  }),
  { name: 'MeshCallerTableRow' },
);

/** What is known of who was seen. */
export type Seen = 'measured' | 'not-measured' | 'loading';

/** A caller, what is decided about it and by what, whether it was seen, and whether the catalog knows. */
export function CallerTableRow(props: { row: CallerRow; seen: Seen }) {
  const { row } = props;
  const { caller, decision, to } = row;
  const t = useMeshTranslation();
  const classes = useStyles();
  const name = callerName(t, row);
  const word = t(`callers.decision.${decision.value}`);
  const drift = driftText(t, row);
  return (
    <MarkedRow
      shown={JSON.stringify([
        decision.value,
        decision.allowedWhen,
        decision.deniedWhen,
        caller.sources.includes('declared'),
      ])}
    >
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.caller}
        data-column="caller"
      >
        {caller.entityRef ? (
          <EntityRefLink entityRef={caller.entityRef}>{name}</EntityRefLink>
        ) : (
          name
        )}
        {caller.identity && caller.identity !== name && (
          <div className={classes.subtle}>{caller.identity}</div>
        )}
        {!caller.class && caller.presence !== 'running' && (
          <div className={classes.subtle}>
            {t(`callers.presence.${caller.presence}`)}
          </div>
        )}
        {drift && (
          <div>
            <StatusWord tone="notice">{drift}</StatusWord>
          </div>
        )}
      </TableCell>
      <TableCell className={classes.whole} data-column="to">
        {to.map(entry => (
          <div key={placeText(entry)}>{placeText(entry)}</div>
        ))}
      </TableCell>
      <TableCell className={classes.whole} data-column="decision">
        <StatusWord {...CALLS[decision.value]}>{word}</StatusWord>
        {decision.cause && (
          <div className={classes.subtle}>{t(`cause.${decision.cause}`)}</div>
        )}
      </TableCell>
      <TableCell className={classes.requests} data-column="requests">
        {requestLines(t, decision).map(line => (
          <div key={line}>{line}</div>
        ))}
      </TableCell>
      <TableCell data-column="decidedBy">
        <DecidedBy
          id={answerId('call', row.key)}
          answer={explain(
            decision,
            t('callers.mayCall', { caller: name }),
            word,
          )}
        />
      </TableCell>
      <TableCell data-column="seen">
        <SeenFigures row={row} seen={props.seen} />
      </TableCell>
      <TableCell className={classes.whole} data-column="declared">
        {!caller.class && <Declared row={row} />}
      </TableCell>
    </MarkedRow>
  );
}

function SeenFigures({ row, seen }: { row: CallerRow; seen: Seen }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  if (row.seen) {
    return <TrafficFigures traffic={row.seen} />;
  }
  if (row.caller.class) {
    return null;
  }
  const words: Record<Seen, string> = {
    measured: t('mtls.clients.notSeen'),
    'not-measured': t('mtls.observed.notMeasured'),
    loading: '…',
  };
  return <span className={classes.subtle}>{words[seen]}</span>;
}

function Declared({ row: { caller } }: { row: CallerRow }) {
  const t = useMeshTranslation();
  return caller.sources.includes('declared') ? (
    <StatusWord tone="good">{t('callers.declared.yes')}</StatusWord>
  ) : (
    <StatusWord tone="neutral">{t('callers.declared.no')}</StatusWord>
  );
}
