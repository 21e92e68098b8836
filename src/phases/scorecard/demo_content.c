/*
 * What a demonstration is filled with: three organisations that do not exist, at three stages. In French, like what
 * people write in a campaign; nothing of it is translated.
 */
#include "phases/scorecard/demo_priv.h"

/* ---- sheets answered alone ---- */

const struct demo_answer demo_beginner[] = {
	{ "lineage", "no", NULL },
	{ "etl", "scripts", "Des tableurs, chacun le sien." },
	{ "bi-practice", "no", NULL },
	{ "warehouse", "no", NULL },
	{ "ai-seniority", "none", NULL },
	{ "governance", "unknown", NULL },
	{ "poc", "none", NULL },
	{ "bought-ai", "trial", "Un assistant de rédaction, depuis un mois." },
	{ "ai-projects", "few", NULL },
	{ "analyst", "part", NULL },
	{ "data-driven", "partial", NULL },
	{ "executive-support", "unsure", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "one", NULL },
	{ .question = NULL },
};

const struct demo_answer demo_growing[] = {
	{ "lineage", "some", NULL },
	{ "etl", "yes", NULL },
	{ "bi-practice", "yes", NULL },
	{ "warehouse", "partial", "Les ventes y sont, pas encore la logistique." },
	{ "bi-success", "6", NULL },
	{ "ai-seniority", "lt1", NULL },
	{ "governance", "partial", NULL },
	{ "poc", "several", NULL },
	{ "bought-ai", "trial", NULL },
	{ "ai-projects", "several", NULL },
	{ "analyst", "part", NULL },
	{ "data-driven", "partial", NULL },
	{ "executive-support", "unknown", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "several", NULL },
	{ .question = NULL },
};

const struct demo_answer demo_advanced[] = {
	{ "lineage", "yes", NULL },
	{ "etl", "yes", NULL },
	{ "bi-practice", "yes", NULL },
	{ "warehouse", "yes", NULL },
	{ "bi-success", "9", "Les tableaux de bord servent chaque semaine au comité." },
	{ "ai-seniority", "3to5", NULL },
	{ "governance", "partial", NULL },
	{ "poc", "several", NULL },
	{ "bought-ai", "yes", NULL },
	{ "ai-projects", "several", NULL },
	{ "analyst", "yes", NULL },
	{ "data-driven", "yes", NULL },
	{ "executive-support", "yes", NULL },
	{ "it-support", "partial", NULL },
	{ "departments", "several", NULL },
	{ .question = NULL },
};

/* ---- Ateliers Brindille: just begun ---- */

static const char *const brindille_departments[] = { "Atelier", "Bureau", NULL };

static const struct demo_campaign brindille_campaign = {
	.title = "Premier état des lieux",
	.mode = ROUND_ANONYMOUS,
	.access = ROUND_PUBLIC,
	.made = 0,
	.closes = 21,
	.is_draft = true,
};

/* ---- Maison Belloy: a campaign under way, a plan that lags ---- */

static const char *const belloy_departments[] = { "Création", "Ateliers", "Boutiques", "Siège",
						  NULL };

static const struct demo_group belloy_groups[] = {
	{ "Création", 6, 38 }, { "Ateliers", 6, 30 },  { "Boutiques", 6, 48 },
	{ "Siège", 6, 60 },    { .department = NULL },
};

static const char *const belloy_names[] = {
	"Ombeline Fil",
	"Gaspard Patron",
	"Lise Coton",
	"Théo Mohair",
	"Apolline Soie",
	"Basile Fuseau",
	"Irène Bobine",
	"Octave Canevas",
	"Jeanne Crochet",
	"Marius Chanvre",
	"Suzon Tissage",
	"Aurèle Navette",
	"Colette Vitrine",
	"Félix Comptoir",
	"Nina Cintre",
	"Anatole Étal",
	"Rose Enseigne",
	"Hugo Caisse",
	"Édith Registre",
	"Simon Tampon",
	"Violette Dossier",
	"Léonard Classeur",
	"Maud Agenda",
	"Paul Buvard",
	NULL,
};

static const struct demo_lean belloy_leans[] = {
	{ "bi-practice", 1, -25, 0 },
	{ "executive-support", 0, -10, 35 },
	{ "executive-support", 3, 35, 0 },
	{ "governance", 1, 0, 60 },
	{ "warehouse", 2, 25, 0 },
	{ "it-support", 2, -30, 0 },
	{ .question = NULL },
};

static const struct demo_comment belloy_comments[] = {
	{ "lineage", 0, 1, "Pour les coloris, c’est le carnet de la coloriste qui fait foi." },
	{ "it-support", 2, 0, "En boutique, nous attendons parfois deux semaines." },
	{ "bi-practice", 3, 2, "Le tableau du lundi existe ; il n’est pas lu par tous." },
	{ .question = NULL },
};

static const struct demo_campaign belloy_campaign = {
	.title = "Carte de performance de printemps",
	.mode = ROUND_NOMINATIVE,
	.access = ROUND_BOTH,
	.made = -9,
	.opened = -8,
	.closes = 12,
	.seed = 20,
	.groups = belloy_groups,
	.leans = belloy_leans,
	.comments = belloy_comments,
	.names = belloy_names,
	.n_answered = 3,
	.n_begun = 1,
};

static const struct demo_task belloy_tasks[] = {
	{ .due = -20, .status = ACTION_DONE, .effort = EFFORT_SMALL },
	{ .owner = "Édith Registre",
	  .due = -4,
	  .status = ACTION_DOING,
	  .effort = EFFORT_MEDIUM,
	  .note = "Deux devis sont arrivés, le troisième est attendu." },
	{ .owner = "Félix Comptoir", .due = -11, .status = ACTION_TODO, .effort = EFFORT_MEDIUM },
	{ .owner = "Basile Fuseau", .due = 18, .status = ACTION_TODO, .effort = EFFORT_LARGE },
	{ .title = "Recenser les tableurs que personne d’autre ne peut relire",
	  .detail = "Une ligne par tableur : qui le tient, à quoi il sert, ce qui le remplacerait.",
	  .questions = "lineage etl",
	  .due = 6,
	  .status = ACTION_DOING,
	  .effort = EFFORT_SMALL },
};

static const struct demo_plan belloy_plan = { -35, belloy_tasks,
					      sizeof belloy_tasks / sizeof *belloy_tasks };

/* ---- Réseau Orival: two campaigns, a plan that was worked on ---- */

static const char *const orival_departments[] = { "Exploitation", "Relation clients", "Finances",
						  "Informatique", "Juridique",        NULL };

/* The first time lawyers were not asked; the second three answered, too few to be shown. */
static const struct demo_group orival_before[] = {
	{ "Exploitation", 11, 30 }, { "Relation clients", 8, 36 }, { "Finances", 7, 44 },
	{ "Informatique", 5, 50 },  { .department = NULL },
};

static const struct demo_group orival_now[] = {
	{ "Exploitation", 14, 34 }, { "Relation clients", 11, 49 }, { "Finances", 9, 60 },
	{ "Informatique", 6, 68 },  { "Juridique", 3, 40 },         { .department = NULL },
};

static const struct demo_lean orival_leans_before[] = {
	{ "it-support", 0, -20, 0 },       { "it-support", 3, 30, 0 },  { "governance", 0, 0, 45 },
	{ "executive-support", 1, 0, 25 }, { "bi-practice", 2, 20, 0 }, { .question = NULL },
};

static const struct demo_lean orival_leans_now[] = {
	{ "it-support", 0, -30, 0 },
	{ "it-support", 1, -25, 0 },
	{ "it-support", 3, 30, 0 },
	{ "warehouse", 0, -25, 10 },
	{ "warehouse", 2, 30, 0 },
	{ "warehouse", 3, 30, 0 },
	{ "governance", 0, 0, 40 },
	{ "governance", 1, -20, 15 },
	{ "executive-support", 0, -20, 20 },
	{ "executive-support", 2, 35, 0 },
	{ "data-driven", 1, 25, 0 },
	{ "data-driven", 0, -15, 0 },
	{ "lineage", 2, 20, 0 },
	{ .question = NULL },
};

static const struct demo_comment orival_comments[] = {
	{ "it-support", 0, 0, "Les demandes des dépôts passent après celles du siège." },
	{ "it-support", 3, 1, "Nous avons un créneau réservé aux données, le jeudi." },
	{ "warehouse", 0, 2, "Les relevés des dépôts n’y sont toujours pas." },
	{ "warehouse", 2, 3, "Tout ce dont nous avons besoin pour le budget y est." },
	{ "bi-success", 1, 4, "Le tableau des retards a changé nos réunions." },
	{ "governance", 0, 5, "Je ne sais pas à qui demander un accès." },
	{ .question = NULL },
};

static const struct demo_agreement orival_agreements[] = {
	{ "warehouse", "partial",
	  "L’entrepôt couvre le siège ; les dépôts n’y sont pas encore. Finances et exploitation en conviennent.",
	  "partial partial yes partial partial no partial" },
	{ "it-support", "partial",
	  "Un créneau existe, mais les dépôts ne le connaissent pas : il sera annoncé.",
	  "partial no partial partial no partial unknown" },
	{ .question = NULL },
};

static const struct demo_campaign orival_first = {
	.title = "Point de départ",
	.mode = ROUND_ANONYMOUS,
	.access = ROUND_PUBLIC,
	.made = -298,
	.opened = -296,
	.closes = -275,
	.seed = 7,
	.groups = orival_before,
	.leans = orival_leans_before,
};

static const struct demo_campaign orival_second = {
	.title = "Neuf mois après",
	.mode = ROUND_ANONYMOUS,
	.access = ROUND_PUBLIC,
	.made = -33,
	.opened = -31,
	.closes = -10,
	.seed = 11,
	.groups = orival_now,
	.leans = orival_leans_now,
	.comments = orival_comments,
	.agreements = orival_agreements,
	.agreed = -6,
};

static const struct demo_task orival_first_tasks[] = {
	{ .due = -210,
	  .status = ACTION_DONE,
	  .effort = EFFORT_MEDIUM,
	  .note = "Le tableau des retards est en service dans les trois dépôts." },
	{ .owner = "Direction financière",
	  .due = -150,
	  .status = ACTION_DONE,
	  .effort = EFFORT_SMALL },
	{ .owner = "Informatique", .due = -90, .status = ACTION_DONE, .effort = EFFORT_LARGE },
	{ .owner = "Direction générale",
	  .due = -60,
	  .status = ACTION_DROPPED,
	  .effort = EFFORT_UNSAID,
	  .note = "Repris autrement dans le plan de cette année." },
};

static const struct demo_task orival_second_tasks[] = {
	{ .owner = "Informatique", .due = 40, .status = ACTION_DOING, .effort = EFFORT_LARGE },
	{ .owner = "Relation clients",
	  .due = 25,
	  .status = ACTION_DOING,
	  .effort = EFFORT_MEDIUM,
	  .note = "Deux ateliers faits sur trois." },
	{ .due = 75, .status = ACTION_TODO, .effort = EFFORT_MEDIUM },
	{ .owner = "Finances", .due = 110, .status = ACTION_TODO, .effort = EFFORT_SMALL },
	{ .title = "Annoncer le créneau du jeudi aux dépôts",
	  .detail = "Affiche dans chaque dépôt, avec l’adresse où déposer une demande.",
	  .questions = "it-support",
	  .owner = "Informatique",
	  .due = 9,
	  .status = ACTION_TODO,
	  .effort = EFFORT_SMALL },
};

static const struct demo_plan orival_first_plan = {
	-270, orival_first_tasks, sizeof orival_first_tasks / sizeof *orival_first_tasks
};
static const struct demo_plan orival_second_plan = {
	-5, orival_second_tasks, sizeof orival_second_tasks / sizeof *orival_second_tasks
};

/* ---- all of them ---- */

const struct demo_org demo_orgs[DEMO_ORGS] = {
	{
		.name = "Ateliers Brindille",
		.sector = "Fabrication de meubles",
		.size = "10-49",
		.accent = "#3d6b2f",
		.logo = &demo_logo_brindille,
		.made = -1,
		.departments = brindille_departments,
		.kept = demo_beginner,
		.kept_day = 0,
		.campaigns = { &brindille_campaign },
	},
	{
		.name = "Maison Belloy",
		.sector = "Mode et accessoires",
		.size = "50-249",
		.accent = "#7a2f4a",
		.logo = &demo_logo_belloy,
		.made = -40,
		.departments = belloy_departments,
		.kept = demo_growing,
		.kept_day = -36,
		.kept_plan = &belloy_plan,
		.campaigns = { &belloy_campaign },
	},
	{
		.name = "Réseau Orival",
		.sector = "Transport de voyageurs",
		.size = "250-4999",
		.accent = "#1d4f8c",
		.logo = &demo_logo_orival,
		.made = -300,
		.departments = orival_departments,
		.campaigns = { &orival_first, &orival_second },
		.plans = { &orival_first_plan, &orival_second_plan },
	},
};
