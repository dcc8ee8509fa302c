import { makeStyles } from '@material-ui/core/styles';
import { RouteRule } from 'backstage-plugin-mesh-common';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { subtleColor } from '../../theme/tones';
import { conditionText } from './conditionText';

const useStyles = makeStyles(
  theme => ({
    list: { listStyle: 'none', margin: 0, padding: 0 },
    word: { color: subtleColor(theme) },
  }),
  { name: 'MeshRuleMatches' },
);

/** Which requests a rule takes: any of the alternatives, each with all of its conditions. */
export function RuleMatches(props: {
  matches: RouteRule['matches'];
  /** A first rule without conditions takes every request; a later one those that are left. */
  isFirst: boolean;
}) {
  const { matches, isFirst } = props;
  const t = useMeshTranslation();
  const classes = useStyles();
  if (matches.length === 0 || matches.some(match => match.length === 0)) {
    return (
      <>
        {isFirst ? t('routing.rules.every') : t('routing.rules.everythingElse')}
      </>
    );
  }
  return (
    <ul className={classes.list}>
      {matches.map((match, index) => (
        <li key={index}>
          {index > 0 && (
            <span className={classes.word}>{t('routing.rules.or')} </span>
          )}
          {match.map((condition, position) => (
            <span key={position}>
              {position > 0 && (
                <span className={classes.word}> {t('routing.rules.and')} </span>
              )}
              {conditionText(t, condition)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
