import { phrase } from '../../../core/words/words.ts'
import { look, pick } from '../../state/viewActions.ts'
import { useViewer } from '../../state/viewerStore.ts'
import { Button } from '../../ui/Button.tsx'
import { WINDOW_PRESETS } from '../../viewport/windowPresets.ts'
import { taskOfPicking } from './pictureActions.ts'

/** Slabs offered by button, in mm; the keys go in steps of 1 mm. */
const SLABS = [0, 3, 5, 10]

/** How the pictures look, above them: windows and slab. While something is picked it says what to click instead. */
export function PictureBar() {
  const window = useViewer((state) => state.window)
  const slabMm = useViewer((state) => state.slabMm)
  const picking = useViewer((state) => state.picking)
  const asked = taskOfPicking(picking)
  if (asked.kind === 'pick')
    return (
      <div className="picture-bar picture-bar-asking" role="status">
        <strong>{asked.label}</strong>
        <Button tone="quiet" onPress={() => pick(null)}>
          {phrase('viewer.job.cancel')}
        </Button>
      </div>
    )
  return (
    <div className="picture-bar">
      <fieldset className="row">
        <legend className="muted">{phrase('viewer.picture.window')}</legend>
        {WINDOW_PRESETS.map(({ name, key, window: preset }) => (
          <Button
            key={name}
            tone="quiet"
            aria-pressed={preset.center === window.center && preset.width === window.width}
            onPress={() => look({ window: preset })}
          >
            <kbd>{key}</kbd> {phrase(`viewer.picture.preset.${name}`)}
          </Button>
        ))}
      </fieldset>
      <fieldset className="row">
        <legend className="muted">{phrase('viewer.picture.slab')}</legend>
        {SLABS.map((mm) => (
          <Button key={mm} tone="quiet" aria-pressed={mm === slabMm} onPress={() => look({ slabMm: mm })}>
            {mm === 0 ? phrase('viewer.picture.slabOff') : phrase('viewer.picture.mm', { value: mm })}
          </Button>
        ))}
      </fieldset>
    </div>
  )
}
