import { describe, expect, it } from 'vitest'
import { parseDocumentation, toWords } from './documentation.ts'

describe('parseDocumentation', () => {
  it('takes the text before the annotations, and each value up to the next', () => {
    expect(parseDocumentation('Title  @help As on the poster  @min 1 @max 200')).toEqual({
      text: 'Title',
      annotations: { help: 'As on the poster', min: '1', max: '200' },
    })
  })

  it('reads several lines', () => {
    expect(parseDocumentation('A film.\nWith a story.\n@upload images max=5MB\n@hidden')).toEqual({
      text: 'A film. With a story.',
      annotations: { upload: 'images max=5MB', hidden: true },
    })
  })

  it('leaves addresses and lone signs in the text', () => {
    expect(parseDocumentation('Ask me@example.com @ noon')).toEqual({ text: 'Ask me@example.com @ noon', annotations: {} })
  })

  it('is empty without a comment', () => {
    expect(parseDocumentation(undefined)).toEqual({ text: '', annotations: {} })
  })
})

describe('toWords', () => {
  it('makes words of names', () => {
    expect(['usDvdSales', 'PG_13', 'HTTPServer', 'name'].map(toWords)).toEqual(['Us dvd sales', 'Pg 13', 'Http server', 'Name'])
  })
})
