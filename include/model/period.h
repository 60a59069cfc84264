/*
 * Periods of law: when one that runs from an event ends. Regulation (EEC, Euratom) 1182/71, Article
 * 3, for acts of the Union; a rule of national law may say otherwise (`counted` of a rule).
 *
 * Hours: the hour in which the event falls is not counted (3(1)); the period ends with the expiry
 * of its last hour (3(2)(a)). So 24 hours from 13:04 end at 14:00 the next day, and so do 24 hours
 * from 13:00:00, which is in the hour that begins then. Hours are real hours: the night in which
 * clocks change does not make a period longer or shorter. Holidays and weekends count (3(3)), and a
 * period in hours never moves (3(4) says "otherwise than in hours"). Whether 3(5), below, lengthens
 * one of 48 hours and more is disputed; it is not applied: the earlier time can't mislead. Days:
 * the day of the event is not counted (3(1)); the end is the expiry of the last hour of the last
 *   day (3(2)(b)), which is the midnight behind it, local.
 * Months: the same date in the last month, or that month's last day where it has no such date,
 * expiry of its last hour (3(2)(c)). Moving: where that day is a Saturday, a Sunday or a public
 * holiday, the period ends with the last hour of the next working day (3(4)); one of two days or
 * more has two working days in it at the least (3(5)).
 */
#ifndef MUSTER_MODEL_PERIOD_H
#define MUSTER_MODEL_PERIOD_H

#include "model/calendar.h"

/* One of hours, days and months is not 0. */
struct period {
        int hours, days, months;
        bool moves; /* Article 3(4) and (5) apply */
};

struct period_end {
        int64_t due_ms;
        int64_t last_day;    /* of a period in days or months: the local day that it ends with */
        int64_t counted_day; /* the same before it moved */
        bool unknown;        /* holidays of a year that was looked at are not known */
};

void period_end(const struct period *p, const struct calendar *c, int64_t from_ms,
                struct period_end *ret);

#endif
