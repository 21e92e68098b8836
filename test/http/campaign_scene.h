/*
 * What the tests of campaigns share: an organisation, its campaign, who runs it and who answers.
 *
 *     struct scene s = scene_of(state);
 *     make(&s, "mode=anonymous&access=both");                             // "Printemps": s.round
 *     open_it(&s);
 *     send_it(&s, fill_in(&s, link_on(&s, "", "/r/"), "", "lineage=yes"));
 *     struct response got = get(&s, "/results?lang=en");                  // of the campaign
 */
#ifndef JALON_TEST_HTTP_CAMPAIGN_SCENE_H
#define JALON_TEST_HTTP_CAMPAIGN_SCENE_H

#include "http/visit.h"

/* What those who answer are told, without which no campaign opens. */
#define NOTICE "controller=Belloy&contact=Claire+Renoux&purpose=To+know&retention=Two+years"

enum { DEPARTMENTS = 4, FIRST_DEPARTMENT = 31, PEOPLE_MAX = 12, PHONES_MAX = 8 };
extern const char *const department_names[DEPARTMENTS];

struct scene {
	struct visit *v;
	struct product *p;
	struct arena *a;
	struct member owner;
	struct member by;  /* who runs the campaigns: the owner, unless a test says another */
	const char *round; /* "/rounds/…", of the campaign made last */
	int64_t id;
	bool is_named;
	struct str link;              /* "/r/…", once it is launched */
	struct str own[PEOPLE_MAX];   /* "/p/…" of each who is invited, in their order */
	struct str room;              /* "/w/…", where a workshop on it is held (room_scene.h) */
	struct str phone[PHONES_MAX]; /* the cookies of those in it */
};

/* An organisation with departments, and none of the visit's own campaigns, which would be counted with the test's. */
struct scene scene_of(void **state);
/* The same, with an editor beside the owner, who runs its campaigns. */
struct scene scene_of_editor(void **state);

/* A page of the campaign ("/results"); get_text() has its text as a reader sees it. */
struct response get(struct scene *s, const char *page);
struct response get_text(struct scene *s, const char *page);
struct response post(struct scene *s, const char *page, const char *form);
/* A button of the campaign, on the version that there is now. */
void turn(struct scene *s, const char *page);

/* ---- campaigns ---- */

/* Makes a campaign of that form, with NOTICE besides; make() one of these fields that is called Printemps. */
void make_round(struct scene *s, const char *form);
void make(struct scene *s, const char *fields);
/* The one that was just made, by another form. */
void made(struct scene *s, const struct response *got);
void open_it(struct scene *s);
void close_it(struct scene *s);
/* Makes one that has a public link, invites people ("Ada%3Bada%40example.org") or none (NULL), and opens it: s->link, s->own. */
void launch(struct scene *s, const char *form, const char *people);

/* ---- who answers ---- */

/* The path of the first link of that kind ("/r/", "/p/") on a page of the campaign. */
struct str link_on(struct scene *s, const char *page, const char *kind);
/* A request of a respondent's browser, with a cookie or without; ask_with() has more headers. */
struct response ask(struct scene *s, const char *method, struct str path, struct str cookie,
		    const char *form);
struct response ask_with(struct scene *s, const char *method, struct str path, struct str cookie,
			 const char *more, const char *form);
/* The cookie that was set, as it is sent back. */
struct str cookie_of(const struct response *got);
/* Begins by a link, as who the form says: the sheet's path, "/c/…". */
struct str begin(struct scene *s, struct str link, const char *who);
/* The same, with what it answers on the page of all questions. */
struct str fill_in(struct scene *s, struct str link, const char *who, const char *form);
void send_it(struct scene *s, struct str sheet);
/* Ada in a named campaign, of that department: from 0 on, or -1 for none. */
const char *of_department(struct scene *s, int department);
/* The same answers by the public link, and sends. */
void respond(struct scene *s, int department, const char *form);

/* ---- looking ---- */

/* What an answer says; and what a page does not, which has to be one (200): an error hides everything. */
void assert_shows(const struct response *got, const char *text);
void assert_hides(const struct response *got, const char *text);

#endif
