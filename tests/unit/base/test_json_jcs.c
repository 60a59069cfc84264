/* The vectors of RFC 8785, and numbers as ECMAScript writes them. */
#include "base/json.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

static void check(const char *text, const char *want)
{
        CLEANUP(json_cleanup) struct json_t *j = NULL;
        CLEANUP(str_finish) struct str out = {0};
        struct err err = {0};

        str_init(&out, 4096);
        cr_assert_eq(json_parse(text, strlen(text), &j, &err), RC_OK, "%s: %s", text, err.text);
        json_print_jcs(j, &out);
        cr_assert_str_eq(str_text(&out), want);
}

Test(json_jcs, section_3_2_2)
{
        check("{\"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"
              "\"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
              "\"literals\": [null, true, false]}",
              "{\"literals\":[null,true,false],"
              "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
              "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

Test(json_jcs, keys_are_in_the_order_of_utf_16)
{
        check("{\"\\u20ac\": 1, \"\\r\": 2, \"\\ufb33\": 3, \"1\": 4, \"\\ud83d\\ude00\": 5,"
              "\"\\u0080\": 6, \"\\u00f6\": 7}",
              "{\"\\r\":2,\"1\":4,\"\xc2\x80\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,"
              "\"\uFB33\":3}");
}

/* Appendix B, and the edges of each form */
Test(json_jcs, numbers)
{
        check("[0, -0.0, 5e-324, -5e-324, 1.7976931348623157e308]",
              "[0,0,5e-324,-5e-324,1.7976931348623157e+308]");
        check("[9007199254740992, -9007199254740992, 295147905179352830000]",
              "[9007199254740992,-9007199254740992,295147905179352830000]");
        check("[9.999999999999997e22, 1e23, 1.0000000000000001e23]",
              "[9.999999999999997e+22,1e+23,1.0000000000000001e+23]");
        check("[999999999999999700000, 999999999999999900000, 1e21]",
              "[999999999999999700000,999999999999999900000,1e+21]");
        check("[0.000001, 0.0000001, 1.5, -1.5, 10.0, 100, 1e20, 123e-8]",
              "[0.000001,1e-7,1.5,-1.5,10,100,100000000000000000000,0.00000123]");
        check("[9223372036854775807]", "[9223372036854776000]");
        check("[333333333.33333325, 0.1, 0.30000000000000004]",
              "[333333333.33333325,0.1,0.30000000000000004]");
}

Test(json_jcs, nested)
{
        check("{\"b\": {\"y\": [], \"x\": {}}, \"a\": [[1, [2]], {\"k\": \"\\u0001\\b\\t\\f\"}]}",
              "{\"a\":[[1,[2]],{\"k\":\"\\u0001\\b\\t\\f\"}],\"b\":{\"x\":{},\"y\":[]}}");
}
