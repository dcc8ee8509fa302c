import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import {
  ChecklistItemResult,
  ChecklistRecord,
  ReadinessAnswer,
} from 'backstage-plugin-mesh-common';
import { answerId } from '../../format/refs';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { MarkedRow } from '../DataTable/MarkedRow';
import { explain } from '../Reasons/explain';
import { ReasonButton } from '../Reasons/ReasonButton';
import { Disclosure } from '../States/Disclosure';
import { StatusWord } from '../Status/StatusWord';
import { Asked } from './RecordDialog';
import { CHECKLIST_STATES, stateText } from './states';

const useStyles = makeStyles(
  theme => ({
    state: { minWidth: 150 },
    item: { width: '100%', minWidth: 260, overflowWrap: 'anywhere' },
    title: { fontWeight: 500 },
    subtle: { color: subtleColor(theme) },
    actions: { whiteSpace: 'nowrap' },
  }),
  { name: 'MeshItemRow' },
);

/** One item: its state, why, and what the reader may say about it. */
export function ItemRow(props: {
  item: ChecklistItemResult;
  section: string;
  may: ReadinessAnswer['may'];
  onAsk(asked: Asked): void;
}) {
  const { item, section, may, onAsk } = props;
  const { id, title, state, evidence, reasons, looksAt, decidedBy } = item;
  const t = useMeshTranslation();
  const classes = useStyles();
  const word = stateText(t, item);
  const answer = explain(
    { reasons },
    t('readiness.item.title', { item: title, section }),
    word,
  );
  const record = decidingRecord(item);
  return (
    <MarkedRow shown={`${state} ${evidence}`}>
      <TableCell className={classes.state}>
        <StatusWord {...CHECKLIST_STATES[state]}>{word}</StatusWord>
      </TableCell>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.item}
      >
        <div id={itemTitleId(id)} tabIndex={-1} className={classes.title}>
          {title}
        </div>
        <div>
          {evidence}{' '}
          <ReasonButton id={answerId('readiness', id)} answer={answer} />
        </div>
        {record && <Said record={record} />}
        {item.measured && (
          <div className={classes.subtle}>
            {t('readiness.item.measured', {
              state: t(`readiness.state.${item.measured}`),
            })}
          </div>
        )}
        {item.expired && (
          <div>
            <StatusWord tone="notice">{item.expired}</StatusWord>
          </div>
        )}
        <Disclosure
          summary={
            <span className={classes.subtle}>
              {t('readiness.item.looksAt')}
            </span>
          }
        >
          <div className={classes.subtle}>
            {t(`readiness.decidedBy.${decidedBy}`)}: {looksAt}
          </div>
        </Disclosure>
      </TableCell>
      <TableCell className={classes.actions}>
        {actionsFor(item, may).map(asked => (
          <Button
            key={`${asked.action} ${'record' in asked ? asked.record.id : ''}`}
            size="small"
            aria-label={t(`readiness.action.${asked.action}Of`, {
              item: title,
            })}
            onClick={() => onAsk(asked)}
          >
            {t(`readiness.action.${asked.action}`)}
          </Button>
        ))}
      </TableCell>
    </MarkedRow>
  );
}

function itemTitleId(id: string): string {
  return `mesh-item-${id}`;
}

/**
 * Puts the focus on the title of an item where the control that had it is gone; false while that control is
 * there. The title, not the new control: a button of Material UI throws if it gets the focus before its ripple
 * is mounted, and when that is, nobody outside of it can tell.
 */
export function focusItem(id: string): boolean {
  const title = document.getElementById(itemTitleId(id));
  const focused = document.activeElement;
  if (focused && focused !== document.body) {
    return !title?.closest('tr')?.contains(focused);
  }
  title?.focus();
  return true;
}

/** Who said it, and until when; the reason is the evidence. */
function Said({ record }: { record: ChecklistRecord }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  return (
    <div className={classes.subtle}>
      {t('readiness.item.by', {
        kind: t(`readiness.kind.${record.kind}`),
        who: record.createdBy,
        expires: record.expires,
      })}
      {record.link && (
        <>
          {' · '}
          <Link to={record.link}>{t('readiness.item.proof')}</Link>
        </>
      )}
    </div>
  );
}

function decidingRecord({
  state,
  attestation,
  waiver,
}: ChecklistItemResult): ChecklistRecord | undefined {
  switch (state) {
    case 'attested':
      return attestation;
    case 'waived':
      return waiver;
    default:
      return undefined;
  }
}

/** What decides can be taken back; what is neither met nor said can be attested or waived. */
function actionsFor(
  item: ChecklistItemResult,
  may: ReadinessAnswer['may'],
): Asked[] {
  const { state, decidedBy } = item;
  const record = decidingRecord(item);
  if (record) {
    const mayRevoke = record.kind === 'waiver' ? may.waive : may.attest;
    return mayRevoke ? [{ action: 'revoke', item, record }] : [];
  }
  if (state === 'pass' || state === 'not-applicable') {
    return [];
  }
  return [
    ...(may.attest && decidedBy !== 'measured'
      ? [{ action: 'attest' as const, item }]
      : []),
    ...(may.waive ? [{ action: 'waive' as const, item }] : []),
  ];
}
