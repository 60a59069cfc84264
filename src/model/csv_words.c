/*
 * What columns of people's tables are called beside the names and labels of fields: small letters,
 * no accents, blanks for all punctuation. Rows of a kind go before those of any kind.
 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/csv_map.h"

static const struct synonym {
        const char *kind; /* NULL: of any kind that has the field */
        const char *field;
        const char *words; /* with | between */
} synonyms[] = {
        {"expert", "home",
         "organisation|organization|home organisation|home organization|employer|agency|company|"
         "organisme|firma|entity"},
        {"expert", "proficiency", "level|seniority|experience|ecsf level|niveau"},
        {"expert", "remote", "mode|remote on site|remote or on site"},
        {"team", "name", "team|team name|unit"},
        {"team", "type", "team type|nims type|level"},
        {"team", "lead", "leader|team lead|team leader|chef"},
        {"team", "members", "member|team members|people|personnel"},
        {"team", "needs", "composition|required roles|roles needed"},
        {"team", "cover_24h", "24h|24 7|24 h cover|24h cover|round the clock"},
        {"team", "self_sufficient", "self sufficiency|self sufficiency h|autonomy|autonomy h"},
        {"team", "area", "deployable area|area of operation"},
        {"equipment", "name", "item|asset|equipment|device|model|article|geraet|geratebezeichnung"},
        {"equipment", "category", "type|kind|equipment type|asset type|typ"},
        {"equipment", "tag", "asset tag|inventory|inventory number|inventory no|inventarnummer"},
        {"equipment", "serial", "serial number|serial no|serial nr|sn|s n|seriennummer"},
        {"equipment", "quantity", "qty|number|amount|pieces|menge|quantite"},
        {"equipment", "custodian", "keeper|in custody of|responsible|held by"},
        {"equipment", "kit", "part of|part of kit|belongs to"},
        {"equipment", "inspection_until", "inspection|next inspection|inspection due"},
        {"equipment", "calibrated_until", "calibration|calibration due|calibration expiry"},
        {"equipment", "licence_until",
         "licence|license|licence expiry|license expiry|license until|licence due"},
        {"equipment", "weight", "kg|weight kg|mass|gewicht|poids"},
        {"equipment", "power", "w|watt|watts|power w"},
        {"equipment", "volume", "l|litres|liters|volume l"},
        {"equipment", "export", "export control|dual use|export class"},
        {"equipment", "lead_time", "lead time minutes|lead time min"},
        {"equipment", "sanitised", "sanitized|wiped|sanitised on|sanitized on"},
        {"equipment", "owner", "owned by|property of"},
        {"participant", "contact", "24 7|24 7 contact|contact point|phone|tel|telephone|email"},
        {"participant", "name", "organisation|organization|organisation name|entity|participant"},
        {NULL, "name",
         "full name|fullname|display name|person|expert|nom|nom complet|nombre|nome|navn|namn|"
         "nazwisko|imie i nazwisko|vollstandiger name"},
        {NULL, "callsign", "call sign|alias|nickname|code name|pseudonym"},
        {NULL, "description", "note|notes|remark|remarks|comment|comments|bemerkung|remarque"},
        {NULL, "community", "communities|jcu community"},
        {NULL, "communities", "community|jcu community"},
        {NULL, "states",
         "state|country|countries|nationality|nationalities|member state|member states|ms|land|"
         "pays|kraj|staat|paese|pais"},
        {NULL, "sectors", "sector|nis2 sector|nis2 sectors"},
        {NULL, "roles", "role|ecsf|ecsf role|ecsf roles|profile|position|function|job title"},
        {NULL, "skills",
         "skill|skill tags|tags|expertise|competence|competences|competencies|speciality|"
         "specialisation|specialization"},
        {NULL, "languages", "language|language skills|spoken|langue|langues|sprache|sprachen"},
        {NULL, "clearance", "security clearance|clearance level|psc|euci|euci clearance"},
        {NULL, "clearance_by", "clearance authority|cleared by|granted by"},
        {NULL, "clearance_until",
         "clearance expiry|clearance expires|clearance valid until|clearance valid to|psc expiry"},
        {NULL, "certificates", "certificate|certification|certifications|certs"},
        {NULL, "phone",
         "mobile|mobile phone|tel|telephone|telephone number|phone number|gsm|cell|cell phone|"
         "telefon|handy|portable|24 7 phone"},
        {NULL, "contact", "email|e mail|mail|email address|out of band|signal|courriel"},
        {NULL, "timezone", "time zone|tz|zone"},
        {NULL, "location", "city|place|site|based in|base|duty station|ort|ville|miasto"},
        {NULL, "readiness", "readiness class|ready in|class of readiness"},
        {NULL, "notice", "notice to move|ntm|notice minutes"},
        {NULL, "max_days", "max days|maximum days|days at most"},
        {NULL, "on_call", "oncall|on call windows|on call from until"},
        {NULL, "leave", "absence|absences|holiday|holidays|vacation|away"},
        {NULL, "papers", "documents|travel documents"},
        {NULL, "interests", "conflicts of interest|conflict of interest"},
        {NULL, "holder", "released by|may release|holding authority|release authority"},
        {NULL, "verified", "last verified|verified on|last checked|reconfirmed"},
        {NULL, "handles", "classification handled|handles up to|classified up to"},
        {NULL, "tlp", "marking|tlp marking|tlp label|handling"},
};

static int find(const struct kind *kind, const char *of, const char *folded)
{
        for (size_t i = 0; i < ARRAY_LEN(synonyms); i++) {
                const struct synonym *s = &synonyms[i];
                int field = field_index(kind, s->field);

                if (field >= 0 && (!of ? !s->kind : s->kind && strcmp(s->kind, of) == 0) &&
                    text_has_word(s->words, "|", folded))
                        return field;
        }
        return -1;
}

int csv_synonym(const struct kind *kind, const char *folded)
{
        int field = find(kind, kind->name, folded);

        return field >= 0 ? field : find(kind, NULL, folded);
}
