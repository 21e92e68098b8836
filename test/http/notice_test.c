/*
 * What respondents are told of their data, on both databases: in a few words before they begin, and in full on the same
 * page, after sending, and where one joins a workshop; in both languages, as the campaign's mode has it.
 */
#include "http/visit.h"

#include "base/token.h"

enum { WORDS = 24 };

/* What stands in every notice. */
static const struct notice {
	const char *language;
	const char *words[WORDS];
} notices[] = {
	{ "fr",
	  { "<dt>Finalité</dt><dd>c</dd>", "<dt>Responsable du traitement</dt><dd>a</dd>",
	    "<dt>Base légale</dt><dd>L’intérêt légitime de l’organisation",
	    "<dt>Réponse obligatoire\u202f?</dt><dd>Non, sauf indication contraire",
	    "<dt>Données enregistrées</dt>", "<dt>Destinataires</dt>",
	    "<dt>Durée de conservation</dt><dd>d", "<dt>Vos droits</dt>",
	    "<dd>b<br><span class=\"muted\">", "délégué à la protection des données",
	    "<dt>Réclamations</dt>", "la CNIL (www.cnil.fr)",
	    "<dt>Transferts</dt><dd>Aucun, sauf indication contraire" } },
	{ "en",
	  { "<dt>Purpose</dt><dd>c</dd>", "<dt>Responsible</dt><dd>a</dd>",
	    "<dt>Legal basis</dt><dd>The legitimate interest of the organisation",
	    "<dt>Must you answer?</dt><dd>No, unless", "<dt>What is recorded</dt>",
	    "<dt>Who receives it</dt>", "<dt>Kept</dt><dd>d", "<dt>Your rights</dt>",
	    "<dd>b<br><span class=\"muted\">", "data protection officer", "<dt>Complaints to</dt>",
	    "The data protection authority of your country",
	    "<dt>Transfers</dt><dd>None, unless" } },
};
enum { LANGUAGES = sizeof notices / sizeof *notices };

static void shows(struct str page, const char *words)
{
	if (!str_contains(page, str_from(words)))
		print_error("# %s is not in:\n%.*s\n", words, STR_ARG(page));
	assert_true(str_contains(page, str_from(words)));
}

static struct str page_of(struct visit *v, const char *path, struct str link, const char *language)
{
	const char *at = str_fmt(v->a, "%s%.*s", path, STR_ARG(link)).data;
	struct response got;

	at = str_fmt(v->a, "%s%clang=%s", at, strchr(at, '?') ? '&' : '?', language).data;
	got = site_get(v->product->site, at);
	assert_status(&got, 200);
	return visit_unescape(v->a, got.body);
}

/* The whole notice, and in it what is said of the mode: French first. */
static void tells_all(struct visit *v, const char *path, struct str link,
		      const char *const of_mode[LANGUAGES])
{
	for (size_t l = 0; l < LANGUAGES; l++) {
		struct str page = page_of(v, path, link, notices[l].language);

		for (size_t i = 0; i < WORDS && notices[l].words[i]; i++)
			shows(page, notices[l].words[i]);
		shows(page, of_mode[l]);
	}
}

/* An open anonymous campaign of hers: the token of its public link. */
static struct str anonymous_campaign(struct visit *v)
{
	struct response got = member_post(
		v->product, &v->owner, "/rounds",
		"title=Autumn&threshold=5&mode=anonymous&access=both&controller=a&contact=b"
		"&purpose=c&retention=d");
	struct str to = answer_header(&got, "Location");
	const char *round = str_c(v->a, str_slice(to, v->owner.org.len, to.len));
	struct str token;

	got = member_post(v->product, &v->owner, str_fmt(v->a, "%s/open", round).data, "version=1");
	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, round);
	token = between(got.body, "value=\"http://test.local/r/", '"');
	assert_int_equal(token.len, v->public.len);
	return token;
}

static const char *const named[LANGUAGES] = {
	"permettent de lire vos réponses avec votre nom",
	"Owners and editors of the organisation read your answers with your name.",
};
static const char *const anonymous[LANGUAGES] = {
	"Ensuite, personne ne peut plus les retrouver",
	"Afterwards nobody can find them any more",
};

static void the_door_tells_all(void **state)
{
	struct visit *v = *state;

	tells_all(v, "/r/", v->public, named);
	tells_all(v, "/p/", v->personal, named);
	tells_all(v, "/r/", anonymous_campaign(v), anonymous);
}

static size_t place_of(struct str page, const char *words)
{
	const char *at = memmem(page.data, page.len, words, strlen(words));

	shows(page, words);
	return at ? (size_t)(at - page.data) : 0;
}

/* On a phone nobody has to look below the button. */
static void who_sees_what_comes_before_the_button(void **state)
{
	static const char button[] = "class=\"btn go big\"";
	struct visit *v = *state;
	struct str page = page_of(v, "/r/", v->public, "en");

	assert_true(place_of(page, "Your answers are read with your name") <
		    place_of(page, button));
	assert_true(place_of(page, "The other members of the organisation see") <
		    place_of(page, button));
	page = page_of(v, "/r/", anonymous_campaign(v), "en");
	assert_true(place_of(page, "nobody can see who answered what") < place_of(page, button));
	assert_true(place_of(page, "for a department only from 5 answers on") <
		    place_of(page, button));
}

/* Once sent the link leads elsewhere: the notice is there too. */
static void whoever_has_sent_reads_it_again(void **state)
{
	struct visit *v = *state;
	struct response got = site_post(
		v->product->site, str_fmt(v->a, "/r/%.*s", STR_ARG(v->public)).data, "name=Ada");
	struct str sheet = answer_header(&got, "Location");

	assert_status(&got, 303);
	got = product_answer(v->product, sheet, "lineage", "yes");
	assert_status(&got, 303);
	got = product_post(v->product, sheet, "/send", "");
	assert_status(&got, 303);
	tells_all(v, "", str_fmt(v->a, "%.*s/sent", STR_ARG(sheet)), named);
}

/* In a room nobody reads votes one by one, whatever the mode. */
static void who_joins_a_workshop_is_told(void **state)
{
	static const char *const room[LANGUAGES] = {
		"lisent votre prénom dans le compte rendu et voient les votes comptés ensemble",
		"see the votes counted together, never what you voted",
	};
	struct visit *v = *state;

	tells_all(v, "/w/", v->code, room);
	assert_false(str_contains(page_of(v, "/w/", v->code, "en"), str_from(named[1])));
	(void)store_sql(v->store, "UPDATE round SET mode = 'anonymous'");
	shows(page_of(v, "/w/", v->code, "en"),
	      "Once the workshop ends nobody can find your votes");
}

TEST_MAIN(visit_test(the_door_tells_all), visit_test(who_sees_what_comes_before_the_button),
	  visit_test(whoever_has_sent_reads_it_again), visit_test(who_joins_a_workshop_is_told))
