/* Fewer bytes, and the same when they are unpacked. */
#include "hub/gzip.h"

#include <criterion/criterion.h>
#include <string.h>
#include <zlib.h>

Test(gzip, who_wants_it)
{
        cr_assert(gzip_is_wanted("gzip"));
        cr_assert(gzip_is_wanted("deflate, GZIP;q=0.5, br"));
        cr_assert_not(gzip_is_wanted(NULL));
        cr_assert_not(gzip_is_wanted(""));
        cr_assert_not(gzip_is_wanted("br"));
        cr_assert_not(gzip_is_wanted("gzip;q=0"));
        cr_assert_not(gzip_is_wanted("gzip ; q=0.000, br"));
        cr_assert_not(gzip_is_wanted("xgzip, gzipx"));
}

Test(gzip, the_same_comes_out)
{
        struct str in, out;
        static char back[200000];
        z_stream z = {0};

        str_init(&in, sizeof(back));
        for (int i = 0; i < 9000; i++)
                str_addf(&in, "{\"name\":\"Number %d\"},", i);
        cr_assert(gzip_pack(&in, &out));
        cr_assert_lt(out.len, in.len / 3);
        cr_assert_eq(inflateInit2(&z, 15 + 16), Z_OK);
        z.next_in = (Bytef *)out.s;
        z.avail_in = (uInt)out.len;
        z.next_out = (Bytef *)back;
        z.avail_out = sizeof(back);
        cr_assert_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
        cr_assert_eq(z.total_out, in.len);
        cr_assert_eq(memcmp(back, in.s, in.len), 0);
        inflateEnd(&z);
        str_finish(&in);
        str_finish(&out);
}

Test(gzip, what_would_grow_stays)
{
        struct str in, out;

        str_init(&in, 100);
        str_add(&in, "q8#Zk!");
        cr_assert_not(gzip_pack(&in, &out));
        cr_assert_eq(out.len, 0);
        str_finish(&in);
}
