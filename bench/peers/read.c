// The limit: a loop that only reads the arrays. Integer sums, which the compiler may add in any order.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static uint64_t sum(const uint64_t *values, size_t length) {
  uint64_t total = 0;
  for (size_t k = 0; k < length; k++) total += values[k];
  return total;
}

int main(int count, char **paths) {
  uint64_t **arrays = calloc(count, sizeof *arrays);
  size_t *lengths = calloc(count, sizeof *lengths);
  for (int k = 1; k < count; k++) {
    FILE *file = fopen(paths[k], "rb");
    if (!file) return 1;
    fseek(file, 0, SEEK_END);
    lengths[k] = ftell(file) / sizeof(uint64_t);
    rewind(file);
    arrays[k] = aligned_alloc(64, (lengths[k] * sizeof(uint64_t) + 63) / 64 * 64);
    if (fread(arrays[k], sizeof(uint64_t), lengths[k], file) != lengths[k]) return 1;
    fclose(file);
  }
  volatile uint64_t sink = 0;
  double milliseconds;
  puts("{}");
  fflush(stdout);
  while (scanf("%lf", &milliseconds) == 1) {
    double begin = now(), end = begin;
    for (int run = 0; run < 2 || end - begin < milliseconds * 1e6; run++) {
      double start = end;
      for (int k = 1; k < count; k++) sink += sum(arrays[k], lengths[k]);
      end = now();
      printf("%s%.0f", run ? "," : "[", end - start);
    }
    puts("]");
    fflush(stdout);
  }
}
