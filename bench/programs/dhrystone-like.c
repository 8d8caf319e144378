/*
 * What Dhrystone measures, in our own words: assignments of records, calls of small procedures, comparisons and copies of strings of
 * 30 characters, indexing of two arrays, branches on enumerations. Returns a digest of everything it computed.
 */
typedef unsigned long u64;
typedef enum { FIRST, SECOND, THIRD, FOURTH, FIFTH } Kind;

typedef struct Record {
  struct Record *other;
  Kind kind, variant;
  int amount;
  char text[31];
} Record;

static Record records[2];
static int vector[50], matrix[50][50];
static char letter1, letter2;
static int flag, total;

static const char TEXT[31] = "A BULKHEAD KEEPS ONE FLOODED..";

static __attribute__((noinline)) void copy_text(char *to, const char *from) {
  while ((*to++ = *from++) != 0) {
  }
}

static __attribute__((noinline)) int compare_text(const char *a, const char *b) {
  while (*a != 0 && *a == *b) {
    a++;
    b++;
  }
  return (unsigned char)*a - (unsigned char)*b;
}

static __attribute__((noinline)) Kind same_letter(char a, char b) {
  char c = a;
  if (c != b) return FIRST;
  letter1 = c;
  return SECOND;
}

static __attribute__((noinline)) int text_follows(const char *a, const char *b) {
  int at = 2;
  char letter = 'A';
  while (at <= 2)
    if (same_letter(a[at], b[at + 1]) == FIRST) {
      letter = 'B';
      at += 1;
    } else
      at += 2;
  if (letter >= 'W' && letter < 'Z') at = 7;
  if (letter == 'R') return 1;
  if (compare_text(a, b) <= 0) return 0;
  total += at;
  return 1;
}

static __attribute__((noinline)) int is_third(Kind kind) { return kind == THIRD; }

static __attribute__((noinline)) Kind convert(Kind kind) {
  Kind result = is_third(kind) ? kind : FOURTH;
  switch (kind) {
    case FIRST: result = FIRST; break;
    case SECOND: result = total > 100 ? FIRST : FOURTH; break;
    case THIRD: result = SECOND; break;
    case FOURTH: break;
    case FIFTH: result = THIRD; break;
  }
  return result;
}

static __attribute__((noinline)) int sum_and_two(int a, int b) { return a + 2 + b; }

static __attribute__((noinline)) void fill_arrays(int *line, int (*square)[50], int at, int value) {
  int place = at + 5;
  line[place] = value;
  line[place + 1] = line[place];
  line[place + 30] = place;
  for (int index = place; index <= place + 1; index++) square[place][index] = place;
  square[place][place - 1] += 1;
  square[place + 20][place] = line[place];
  total = 5;
}

static __attribute__((noinline)) void change_record(Record *record) {
  Record *next = record->other;
  *next = records[0];
  record->amount = 5;
  next->amount = record->amount;
  next->other = record->other;
  if (next->kind == FIRST) {
    next->amount = 6;
    next->variant = convert(record->variant);
    next->other = records[0].other;
    next->amount = sum_and_two(next->amount, 10);
  } else
    *record = *record->other;
}

static __attribute__((noinline)) void adjust(int *value) {
  int near = *value + 10;
  for (Kind kind = SECOND; kind != FIRST;)
    if (letter1 == 'A') {
      near -= 1;
      *value = near - total;
      kind = FIRST;
    } else {
      letter1 = 'A';
      near += 1;
    }
}

u64 main(void) {
  char first[31], second[31];
  u64 digest = 0;
  records[0].other = &records[1];
  records[0].kind = FIRST;
  records[0].variant = THIRD;
  records[0].amount = 40;
  copy_text(records[0].text, TEXT);
  copy_text(first, "ONE COMPARTMENT AND THE FIRST.");
  for (u64 round = 1; round <= ROUNDS; round++) {
    int one = 2, two = 3, three = 0;
    letter1 = 'A';
    letter2 = 'B';
    flag = flag | (letter1 == 'A');
    copy_text(second, "ONE COMPARTMENT AND ANOTHER...");
    Kind kind = SECOND;
    flag = !text_follows(first, second);
    while (one < two) {
      three = 5 * one - two;
      three = sum_and_two(one, three);
      one += 1;
    }
    fill_arrays(vector, matrix, one, three);
    change_record(&records[0]);
    for (char letter = 'A'; letter <= letter2; letter++)
      if (kind == same_letter(letter, 'C')) {
        kind = convert(kind);
        copy_text(second, TEXT);
        two = (int)round;
      }
    two = two * one;
    one = two / (three + 1);
    two = 7 * (two - three) - one;
    adjust(&one);
    digest = digest * 31 + (u64)(one + two + three + vector[8] + matrix[8][7] + records[1].amount + flag);
  }
  return digest;
}
