import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ControlPlaneFact } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { DataTable } from '../DataTable/DataTable';
import { NamesInText } from '../Status/NamesInText';
import { StatusWord } from '../Status/StatusWord';
import { STATES } from './controlPlaneTones';
import { DecidingObject } from './DecidingObject';

const COLUMNS = ['subject', 'answer', 'decidedBy'] as const;

/** What is known of a control plane, one thing a row. */
export function FactsTable(props: {
  caption: string;
  facts: readonly ControlPlaneFact[];
}) {
  const t = useMeshTranslation();
  return (
    <DataTable
      caption={props.caption}
      columns={COLUMNS.map(key => ({
        key,
        title: t(`controlPlane.facts.${key}`),
      }))}
    >
      {props.facts.map(({ id, title, answer }) => (
        <TableRow key={id}>
          <TableCell component="th" scope="row" role="rowheader">
            {title}
          </TableCell>
          <TableCell>
            <StatusWord {...STATES[answer.value]}>
              {t(`controlPlane.state.${answer.value}`)}
            </StatusWord>
            {answer.reasons.map(({ text }) => (
              <div key={text}>
                <NamesInText text={text} />
              </div>
            ))}
          </TableCell>
          <TableCell>
            <DecidingObject reason={answer.reasons[0]} />
          </TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
