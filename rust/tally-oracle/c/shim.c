/* The boundary between Rust and OCaml: one call that takes a request and gives a
   response, both strings of bytes. The OCaml runtime has one owner: the thread that
   called tally_oracle_start, and no other may call anything here but
   tally_oracle_free.

   No OCaml value leaves this file, and no OCaml exception: a response is copied to
   memory of malloc, and an exception becomes TALLY_ORACLE_EXCEPTION. */

#define CAML_NAME_SPACE
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <caml/alloc.h>
#include <caml/callback.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>

enum {
  TALLY_ORACLE_OK = 0,
  TALLY_ORACLE_NOT_STARTED = 1,
  TALLY_ORACLE_BAD_ARGUMENT = 2,
  TALLY_ORACLE_TOO_LARGE = 3,
  TALLY_ORACLE_EXCEPTION = 4,
  TALLY_ORACLE_NO_MEMORY = 5
};

/* Checked again in Rust and in OCaml: each side guards itself. */
#define TALLY_ORACLE_MAX_REQUEST ((size_t)1 << 20)

static const value *serve = NULL;

int tally_oracle_start(void);
int tally_oracle_call(const uint8_t *request, size_t length, uint8_t **response,
                      size_t *response_length);
void tally_oracle_free(uint8_t *response);

int tally_oracle_start(void) {
  static char name[] = "tally-oracle";
  static char *argv[] = {name, NULL};
  struct sigaction before;
  if (serve != NULL) return TALLY_ORACLE_BAD_ARGUMENT;
  /* OCaml takes SIGSEGV to report its own stack overflows; the process is Rust's. */
  sigaction(SIGSEGV, NULL, &before);
  value result = caml_startup_exn(argv);
  sigaction(SIGSEGV, &before, NULL);
  if (Is_exception_result(result)) return TALLY_ORACLE_EXCEPTION;
  serve = caml_named_value("tally_oracle_serve");
  return serve == NULL ? TALLY_ORACLE_NOT_STARTED : TALLY_ORACLE_OK;
}

int tally_oracle_call(const uint8_t *request, size_t length, uint8_t **response,
                      size_t *response_length) {
  if (response == NULL || response_length == NULL || (request == NULL && length > 0))
    return TALLY_ORACLE_BAD_ARGUMENT;
  *response = NULL;
  *response_length = 0;
  if (serve == NULL) return TALLY_ORACLE_NOT_STARTED;
  if (length > TALLY_ORACLE_MAX_REQUEST) return TALLY_ORACLE_TOO_LARGE;

  CAMLparam0();
  CAMLlocal2(argument, result);
  argument = caml_alloc_string(length);
  if (length > 0) memcpy(Bytes_val(argument), request, length);
  result = caml_callback_exn(*serve, argument);
  if (Is_exception_result(result)) {
    /* Not a value: it must not stay where the collector looks. */
    result = Val_unit;
    CAMLreturnT(int, TALLY_ORACLE_EXCEPTION);
  }
  size_t size = caml_string_length(result);
  uint8_t *copy = malloc(size > 0 ? size : 1);
  if (copy == NULL) CAMLreturnT(int, TALLY_ORACLE_NO_MEMORY);
  memcpy(copy, String_val(result), size);
  *response = copy;
  *response_length = size;
  CAMLreturnT(int, TALLY_ORACLE_OK);
}

void tally_oracle_free(uint8_t *response) { free(response); }
