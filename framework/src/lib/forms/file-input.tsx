import { useEffect, useState, type ChangeEvent, type ReactNode } from 'react'
import { formatBytes } from './issue-message.ts'
import type { WidgetProps } from './widget-props.ts'

interface Chosen {
  name: string
  size: number
  /** Shows an image; `undefined` for any other file. */
  preview: string | undefined
}

/** A file input that says its limit, and in a browser with a script shows what was chosen and refuses what is too large at once. */
export function FileInput({ field, input }: WidgetProps): ReactNode {
  const { node } = field
  const [chosen, setChosen] = useState<Chosen[]>([])
  useEffect(
    () => () => {
      for (const { preview } of chosen) if (preview) URL.revokeObjectURL(preview)
    },
    [chosen],
  )
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    input.onChange?.(event)
    const files = [...(event.target.files ?? [])]
    const large = files.find((file) => node.maxSize !== undefined && file.size > node.maxSize)
    event.target.setCustomValidity(
      large ? `${large.name} has ${formatBytes(large.size)}; at most ${formatBytes(node.maxSize!)} can be sent.` : '',
    )
    if (large) event.target.reportValidity()
    setChosen(
      files.map((file) => ({
        name: file.name,
        size: file.size,
        // Formats that show a picture and nothing else.
        preview: /^image\/(?:png|jpeg|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : undefined,
      })),
    )
  }
  return (
    <>
      <input type="file" multiple={node.multiple} {...input} onChange={choose} />
      {node.maxSize !== undefined && <small className="field-limit">At most {formatBytes(node.maxSize)}</small>}
      {chosen.length > 0 && (
        <ul className="field-files" aria-live="polite">
          {chosen.map(({ name, size, preview }) => (
            <li key={name}>
              {preview && <img src={preview} alt="" width={64} height={64} />} {name}, {formatBytes(size)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
