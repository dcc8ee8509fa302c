import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ControlPlaneWebhook } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { certificateWords, STATES } from './controlPlaneTones';
import { useNow } from './useNow';

const COLUMNS = [
  'name',
  'purpose',
  'state',
  'asks',
  'authority',
  'selects',
] as const;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, paddingLeft: theme.spacing(2) },
    selector: { overflowWrap: 'anywhere' },
  }),
  { name: 'MeshWebhooksTable' },
);

/** The webhooks by which the API server asks a control plane: whether they can work, and what they select. */
export function WebhooksTable(props: {
  caption: string;
  webhooks: readonly ControlPlaneWebhook[];
}) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={props.caption}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`controlPlane.webhooks.${key}`),
      }))}
    >
      {props.webhooks.map(webhook => (
        <WebhookRow
          key={`${webhook.purpose} ${webhook.name}`}
          webhook={webhook}
        />
      ))}
    </DataTable>
  );
}

function WebhookRow({ webhook }: { webhook: ControlPlaneWebhook }) {
  const { name, tag, answer, asks, authority, selects } = webhook;
  const t = useMeshTranslation();
  const classes = useStyles();
  const now = useNow();
  const purpose = t(`controlPlane.webhooks.${webhook.purpose}`);
  const { words, ...appearance } = authority
    ? certificateWords(t, authority, now)
    : { tone: 'neutral' as const, words: '' };
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        <NamesInText text={name} />
      </TableCell>
      <TableCell>
        {tag ? t('controlPlane.webhooks.forTag', { purpose, tag }) : purpose}
      </TableCell>
      <TableCell>
        <StatusWord {...STATES[answer.value]}>
          {t(`controlPlane.state.${answer.value}`)}
        </StatusWord>
        <div>
          <NamesInText text={answer.reasons[0]?.text ?? ''} />
        </div>
      </TableCell>
      <TableCell>
        <NamesInText text={asks} />
      </TableCell>
      <TableCell>
        {authority ? (
          <StatusWord {...appearance}>{words}</StatusWord>
        ) : (
          t('controlPlane.webhooks.noAuthority')
        )}
      </TableCell>
      <TableCell>
        <ul className={classes.list}>
          {selects.map(({ webhook: one, namespaces, objects }) => (
            <li key={one}>
              {t('controlPlane.webhooks.namespaces')}{' '}
              <Selector text={namespaces} />
              {'; '}
              {t('controlPlane.webhooks.objects')} <Selector text={objects} />
            </li>
          ))}
        </ul>
      </TableCell>
    </TableRow>
  );
}

function Selector({ text }: { text: string }) {
  const t = useMeshTranslation();
  const classes = useStyles();
  return text === '' ? (
    <>{t('controlPlane.webhooks.everything')}</>
  ) : (
    <code className={classes.selector}>{text}</code>
  );
}
