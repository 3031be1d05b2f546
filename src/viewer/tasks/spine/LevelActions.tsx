import { useState } from 'react'
import { VERTEBRAL_LEVELS, type VertebralLevel } from '../../../core/units.ts'
import { phrase } from '../../../core/words/words.ts'
import { exclusionSchema } from '../../../exam/record/decisions.ts'
import { askLevels, exclude, placeAgain } from '../../state/decisionEdits.ts'
import { session } from '../../state/session.ts'
import { pick } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Tick } from '../../ui/Tick.tsx'

const REASONS = exclusionSchema.shape.reason.options

/** What can be decided of the levels: which are measured, a seed by hand, placing anew, leaving out with its reason. */
export function LevelActions() {
  const level = useViewer((state) => state.selectedLevel)
  const levels = useViewer((state) => state.decisions.present.levels)
  return (
    <div className="level-actions">
      {level === null ? null : <SelectedActions level={level} />}
      <fieldset className="row">
        <legend className="muted">{phrase('viewer.spine.levels')}</legend>
        {VERTEBRAL_LEVELS.map((known) => (
          <Tick
            key={known}
            label={known}
            isOn={levels.includes(known)}
            isDisabled={levels.length === 1 && levels.includes(known)}
            onChange={(isOn) =>
              session.decide(
                phrase(isOn ? 'viewer.edit.addLevel' : 'viewer.edit.removeLevel', { level: known }),
                askLevels(isOn ? [...levels, known] : levels.filter((asked) => asked !== known)),
              )
            }
          />
        ))}
      </fieldset>
      <SeedButtons levels={levels} />
    </div>
  )
}

/** A seed can be clicked for every level asked for, found or not. */
function SeedButtons({ levels }: { readonly levels: readonly VertebralLevel[] }) {
  const picking = useViewer((state) => state.picking)
  return (
    <fieldset className="row">
      <legend className="muted">{phrase('viewer.spine.clickSeed')}</legend>
      {levels.map((level) => (
        <Button
          key={level}
          tone="quiet"
          aria-label={`${phrase('viewer.spine.clickSeed')}: ${level}`}
          aria-pressed={picking?.kind === 'seed' && picking.level === level}
          onPress={() => pick({ kind: 'seed', level })}
        >
          {level}
        </Button>
      ))}
    </fieldset>
  )
}

function SelectedActions({ level }: { readonly level: VertebralLevel }) {
  const exclusion = useViewer((state) =>
    state.decisions.present.exclusions.find((known) => known.level === level),
  )
  const placement = useViewer(
    (state) => state.decisions.present.rois.find((roi) => roi.level === level)?.placement,
  )
  const [reason, setReason] = useState<(typeof REASONS)[number]>('fracture')
  return (
    <div className="row selected-actions">
      <Button
        isDisabled={placement === undefined || placement === 'automatic'}
        onPress={() => session.decide(phrase('viewer.edit.placeAgain', { level }), placeAgain(level))}
      >
        {phrase('viewer.spine.placeAgain')}
      </Button>
      {exclusion === undefined ? (
        <>
          <Button
            onPress={() =>
              session.decide(phrase('viewer.edit.exclude', { level }), exclude(level, { reason, note: null }))
            }
          >
            {phrase('viewer.spine.exclude')}
          </Button>
          <Choice
            label={phrase('viewer.spine.reason')}
            value={reason}
            options={REASONS.map((key) => ({ key, words: phrase(`report.exclusion.${key}`) }))}
            onChange={setReason}
          />
        </>
      ) : (
        <Button
          onPress={() => session.decide(phrase('viewer.edit.include', { level }), exclude(level, null))}
        >
          {phrase('viewer.spine.include')}
        </Button>
      )}
    </div>
  )
}
