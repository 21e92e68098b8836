/* The fields that forms of people have in common. As those of view/form.h, each is added and returned. */
#ifndef JALON_PEOPLE_FORM_H
#define JALON_PEOPLE_FORM_H

#include "people/people.h"
#include "view/form.h"

/* Characters of what is typed. */
enum {
	LABEL_MAX = 80, /* what people, organisations, departments and invitations are called */
	EMAIL_MAX = 254,
	ZONE_MAX = 40,
	CODE_MAX = 100, /* of an application, or a recovery code with what separates it */
	CONTACT_MAX = 200,
};

/* An address; of one's own account, unless `autocomplete` is set to something else. */
struct form_field *form_email(struct form *f, struct str value);
/* The present password, or a new one with the rules in words. */
struct form_field *form_password(struct form *f, const char *name, const char *label, bool is_new);
/* A code that an authenticator application shows. */
struct form_field *form_code(struct form *f);
/* Name, address and new password of somebody who makes an account. */
void form_account(struct form *f, struct str name, struct str email);
/* A time zone, to be typed with suggestions. */
struct form_field *form_zone(struct form *f, struct str value);
/* Roles as cards, `value` chosen. */
struct form_field *form_role(struct form *f, struct str value);

/* form_check(), of a form with a time zone. */
void form_check_zone(struct form *f, struct str zone);
/* Checks a new password and says what is wrong with it. */
void form_check_password(struct form *f, const char *name, struct str password, struct str email,
			 struct str own_name);

typedef struct reply *form_show(struct req *rq, int status, const struct form *f);
/*
 * For a route's `prepare`, since encoding a password takes long: what was typed into form_account(), as a struct
 * new_account of the request's language in rq->prepared. NULL, or what is answered: the form shown again, or a fault.
 */
struct reply *form_take_account(struct form *f, struct str name, struct str email,
				struct str password, bool is_admin, form_show *show);

#endif
