/*
 * What CoreMark measures, in our own words: a linked list that is searched, reversed and merge-sorted; products of small matrices of
 * 16-bit integers; a state machine that reads numbers from text; a CRC over all results. 2,000 bytes of data in all.
 */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned short u16;
typedef short s16;

enum { NODES = 40, SIZE = 9, TEXT = 660 };

static u16 crc16(u32 value, u16 crc) {
  for (int bit = 0; bit < 16; bit++) {
    u32 odd = (value ^ crc) & 1;
    crc >>= 1;
    value >>= 1;
    if (odd) crc ^= 0xa001;
  }
  return crc;
}

static u32 next_random(u32 *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

typedef struct Node {
  struct Node *next;
  s16 *item; /* item[0]: data, item[1]: the place it was made at */
} Node;

static Node nodes[NODES];
static s16 items[NODES][2];

static Node *make_list(u32 seed) {
  for (int index = 0; index < NODES; index++) {
    items[index][0] = (s16)next_random(&seed);
    items[index][1] = (s16)index;
    nodes[index].item = items[index];
    nodes[index].next = index + 1 < NODES ? &nodes[index + 1] : 0;
  }
  return nodes;
}

static __attribute__((noinline)) Node *find(Node *list, s16 data, s16 place) {
  if (place >= 0)
    while (list && list->item[1] != place) list = list->next;
  else
    while (list && (list->item[0] & 0xff) != data) list = list->next;
  return list;
}

static __attribute__((noinline)) Node *reverse(Node *list) {
  Node *before = 0;
  while (list) {
    Node *next = list->next;
    list->next = before;
    before = list;
    list = next;
  }
  return before;
}

typedef int (*Compare)(const s16 *, const s16 *);
static int by_data(const s16 *a, const s16 *b) { return (crc16((u32)(u16)a[0], 0) & 0x7f) - (crc16((u32)(u16)b[0], 0) & 0x7f); }
static int by_place(const s16 *a, const s16 *b) { return a[1] - b[1]; }

/* Bottom-up merge sort; stable. */
static __attribute__((noinline)) Node *merge_sort(Node *list, Compare compare) {
  for (int size = 1;; size *= 2) {
    Node *p = list, *tail = 0;
    int merges = 0;
    list = 0;
    while (p) {
      Node *q = p;
      int left = 0, right = size;
      merges++;
      for (; left < size && q; left++) q = q->next;
      while (left > 0 || (right > 0 && q)) {
        Node *taken;
        if (left == 0 || (right > 0 && q && compare(p->item, q->item) > 0)) {
          taken = q;
          q = q->next;
          right--;
        } else {
          taken = p;
          p = p->next;
          left--;
        }
        if (tail)
          tail->next = taken;
        else
          list = taken;
        tail = taken;
      }
      p = q;
    }
    tail->next = 0;
    if (merges <= 1) return list;
  }
}

static u16 list_work(u32 seed, u16 crc) {
  Node *list = make_list(seed);
  for (s16 index = 0; index < NODES; index++) {
    Node *found = find(list, (s16)(index * 5 & 0xff), index & 1 ? index : -1);
    list = reverse(list);
    crc = crc16(found ? (u32)(u16)found->item[0] : (u32)index, crc);
  }
  list = merge_sort(list, by_data);
  for (Node *node = list; node; node = node->next) crc = crc16((u32)(u16)node->item[0], crc);
  list = merge_sort(list, by_place);
  return crc16((u32)(u16)list->item[0], crc);
}

static s16 left[SIZE][SIZE], right[SIZE][SIZE];
static int product[SIZE][SIZE];

static __attribute__((noinline)) void multiply(void) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      int sum = 0;
      for (int k = 0; k < SIZE; k++) sum += left[i][k] * right[k][j];
      product[i][j] = sum;
    }
}

static __attribute__((noinline)) void multiply_bits(void) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      int sum = 0;
      for (int k = 0; k < SIZE; k++) {
        int term = left[i][k] * right[k][j];
        sum += ((term >> 2) & 0xf) * ((term >> 5) & 0x7f);
      }
      product[i][j] = sum;
    }
}

static u16 sum_matrix(u16 crc) {
  int before = 0, sum = 0;
  s16 count = 0;
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      int value = product[i][j];
      sum += value;
      if (sum > 20000) {
        count += 10;
        sum = 0;
      } else
        count += value > before;
      before = value;
    }
  return crc16((u32)(u16)count, crc);
}

static u16 matrix_work(u32 seed, u16 crc) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      left[i][j] = (s16)(next_random(&seed) & 0xff);
      right[i][j] = (s16)(next_random(&seed) & 0x3ff);
    }
  multiply();
  crc = sum_matrix(crc);
  multiply_bits();
  return sum_matrix(crc);
}

typedef enum { START, INVALID, SIGN, INTEGER, POINT, EXPONENT, EXPONENT_SIGN, SCIENTIFIC, STATES } State;
static char text[TEXT + 1];
static u32 ends[STATES], changes[STATES];

static void make_text(u32 seed) {
  static const char *const WORDS[16] = {"5012",  "1234",   "-874",  "+122",   "35.54400", ".1234500", "-110.700", "+0.64400",
                                        "5.5e+3", "-.123e-2", "-87e+832", "+0.6e-12", "T0.3e-1F", "-T.T++Tq", "1T3.4e4z", "34.0e-T^"};
  int at = 0;
  for (;;) {
    const char *word = WORDS[next_random(&seed) & 15];
    int length = 0;
    while (word[length]) length++;
    if (at + length + 1 > TEXT) break;
    for (int index = 0; index < length; index++) text[at++] = word[index];
    text[at++] = ',';
  }
  while (at <= TEXT) text[at++] = 0;
}

static int is_digit(char c) { return c >= '0' && c <= '9'; }

static __attribute__((noinline)) State next_number(const char **from) {
  const char *at = *from;
  State state = START;
  for (; *at && state != INVALID; at++) {
    char c = *at;
    if (c == ',') {
      at++;
      break;
    }
    State before = state;
    switch (state) {
      case START: state = is_digit(c) ? INTEGER : c == '+' || c == '-' ? SIGN : c == '.' ? POINT : INVALID; break;
      case SIGN: state = is_digit(c) ? INTEGER : c == '.' ? POINT : INVALID; break;
      case INTEGER: state = is_digit(c) ? INTEGER : c == '.' ? POINT : INVALID; break;
      case POINT: state = is_digit(c) ? POINT : c == 'e' || c == 'E' ? EXPONENT : INVALID; break;
      case EXPONENT: state = c == '+' || c == '-' ? EXPONENT_SIGN : INVALID; break;
      case EXPONENT_SIGN: state = is_digit(c) ? SCIENTIFIC : INVALID; break;
      case SCIENTIFIC: state = is_digit(c) ? SCIENTIFIC : INVALID; break;
      case INVALID:
      case STATES: break;
    }
    if (state != before) changes[before]++;
  }
  *from = at;
  return state;
}

static u16 state_work(u32 seed, u16 crc) {
  for (int state = 0; state < STATES; state++) ends[state] = changes[state] = 0;
  make_text(seed);
  for (int pass = 0; pass < 2; pass++) {
    for (const char *at = text; *at;) ends[next_number(&at)]++;
    for (int at = (int)(seed & 7); at < TEXT; at += 11)
      if (text[at] != ',') text[at] ^= (char)(seed & 3);
  }
  for (int state = 0; state < STATES; state++) crc = crc16(changes[state], crc16(ends[state], crc));
  return crc;
}

u64 main(void) {
  u16 crc = 0;
  u64 digest = 0;
  for (u64 round = 0; round < ROUNDS; round++) {
    u32 seed = (u32)round;
    crc = list_work(seed, crc);
    crc = matrix_work(seed + crc, crc);
    crc = state_work(seed ^ crc, crc);
    digest = digest * 31 + crc;
  }
  return digest;
}
