/** Members who were never here: so that a new Matinée has somebody to sign in as, reviews to moderate, and lists to look at. */

export interface DemoMember {
  email: string
  name: string
  isModerator: boolean
  reviews: Array<{ film: string; stars: number; body: string; status: 'PUBLISHED' | 'PENDING'; on: string }>
  lists: Array<{ title: string; description: string | null; isPublic: boolean; films: Array<[slug: string, note?: string]> }>
}

/** Everybody's, and known to everybody who reads the README. */
export const demoPassword = 'slow-afternoon'

export const demoMembers: DemoMember[] = [
  {
    email: 'vera@matinee.example',
    name: 'Vera Lindqvist',
    isModerator: true,
    reviews: [
      {
        film: 'casablanca',
        stars: 10,
        body: 'Everybody remembers the airport. Watch the singing instead: two songs in one room, and by the end of it you know which side each face is on.',
        status: 'PUBLISHED',
        on: '2026-09-06',
      },
      {
        film: 'the-conversation',
        stars: 9,
        body: 'A film about listening that makes you listen. I heard the sentence that matters three times before I understood it, and so did he.',
        status: 'PUBLISHED',
        on: '2026-10-11',
      },
    ],
    lists: [
      {
        title: 'One room, no way out',
        description: 'Films that hardly leave their walls, and are never short of space.',
        isPublic: true,
        films: [
          ['12-angry-men', 'The one to begin with. Count how often the lens moves closer.'],
          ['the-shining', 'A large room, admittedly.'],
          ['alien'],
          ['das-leben-der-anderen', 'Two rooms, one above the other.'],
          ['the-conversation'],
        ],
      },
      {
        title: 'To see again before winter',
        description: null,
        isPublic: false,
        films: [['barry-lyndon'], ['lawrence-of-arabia', 'Only on a large screen']],
      },
    ],
  },
  {
    email: 'tomas@matinee.example',
    name: 'Tomás Arce',
    isModerator: false,
    reviews: [
      {
        film: '2001-a-space-odyssey',
        stars: 10,
        body: 'The longest silence I have sat through in a full cinema. Nobody coughed. Afterwards nobody wanted to be the first to speak.',
        status: 'PUBLISHED',
        on: '2026-08-22',
      },
      {
        film: 'moon',
        stars: 8,
        body: 'One actor, one base, one very patient computer. It has a quarter of the budget of its neighbours on my list and twice the company.',
        status: 'PUBLISHED',
        on: '2026-10-03',
      },
      {
        film: 'star-trek-the-motion-picture',
        stars: 5,
        body: 'Beautiful ships, passing each other very slowly. I was glad of the popcorn and gladder of the music.',
        status: 'PENDING',
        on: '2026-11-18',
      },
    ],
    lists: [
      {
        title: 'Space, mostly empty',
        description: 'For those who go to space for the quiet.',
        isPublic: true,
        films: [
          ['2001-a-space-odyssey', 'Still the emptiest.'],
          ['moon'],
          ['alien', 'Empty at first.'],
          ['wall-e', 'The first forty minutes, above all.'],
          ['star-trek-the-motion-picture'],
        ],
      },
    ],
  },
  {
    email: 'imani@matinee.example',
    name: 'Imani Okafor',
    isModerator: false,
    reviews: [
      {
        film: 'le-fabuleux-destin-damelie-poulain',
        stars: 9,
        body: 'I expected sugar and got salt as well. The garden gnome has the best part, and the man of glass the truest one.',
        status: 'PUBLISHED',
        on: '2026-09-19',
      },
      {
        film: 'casablanca',
        stars: 8,
        body: 'My grandmother knows it by heart, so I have never once heard it without an echo half a second early. I would not have it otherwise.',
        status: 'PUBLISHED',
        on: '2026-11-02',
      },
      {
        film: 'avatar',
        stars: 6,
        body: 'I have forgotten every name in it and remember every plant. Perhaps that is what it was for.',
        status: 'PENDING',
        on: '2026-11-21',
      },
    ],
    lists: [
      {
        title: 'With my grandmother',
        description: 'She chooses, I bring the tea. In the order in which we saw them.',
        isPublic: true,
        films: [
          ['casablanca', 'Her first choice, and every third one since.'],
          ['singin-in-the-rain'],
          ['some-like-it-hot', 'She laughed at the last line before it came.'],
          ['its-a-wonderful-life'],
          ['le-fabuleux-destin-damelie-poulain', 'My choice. She approved.'],
          ['alien', 'My choice. She did not.'],
        ],
      },
    ],
  },
]
