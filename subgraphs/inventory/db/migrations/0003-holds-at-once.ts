import { type Kysely, sql } from 'kysely'

/** Kept by the server, so that it is planned once for a connection and asked for in one round trip. */
export const up = (db: Kysely<unknown>) =>
  sql`
    -- Levels are locked in the order of their ids, as everybody locks them, what is free there is laid against
    -- what is wanted, and either all of it is taken and written down, or nothing is. The check and
    -- the taking are one statement, so two shoppers cannot both pass the check.
    create function take_stock(hold jsonb, out is_undone boolean, out short jsonb, out low jsonb)
    language plpgsql as $$
    begin
      with wanted as (
        select * from jsonb_to_recordset(hold -> 'lines') as line(variant_id uuid, quantity integer)
      ), undone as (
        select from holds where step_key = hold ->> 'stepKey'
      ), locked as (
        select level.variant_id, level.warehouse_id, on_hand - held as free, position, quantity
        from stock_levels level
          join warehouses on warehouses.id = level.warehouse_id
          join wanted using (variant_id)
        where not exists (select from undone)
        order by level.variant_id, level.warehouse_id for update of level
      ), laid as (
        select *, sum(free) over (partition by variant_id order by position) - free as before
        from locked
      ), lacking as (
        select variant_id from wanted
        where quantity > (select coalesce(sum(free), 0) from locked where locked.variant_id = wanted.variant_id)
      ), taking as (
        select variant_id, warehouse_id, least(free, quantity - before)::integer as quantity
        from laid where free > 0 and before < quantity
          and not exists (select from lacking) and not exists (select from undone)
      ), taken as (
        update stock_levels level
        set held = held + taking.quantity,
          is_low = coalesce(on_hand - held - taking.quantity <= low_at, false)
        from taking
        where level.variant_id = taking.variant_id and level.warehouse_id = taking.warehouse_id
        returning level.variant_id, level.is_low, on_hand - level.held as available,
          taking.quantity, low_at
      ), written as (
        insert into holds (id, owner, step_key, reference, state, expires_at)
        select (hold ->> 'id')::uuid, hold ->> 'owner', hold ->> 'stepKey', hold ->> 'reference',
          'HELD', (hold ->> 'expiresAt')::timestamptz
        where exists (select from taking)
      ), lines as (
        insert into hold_lines (hold_id, variant_id, warehouse_id, quantity)
        select (hold ->> 'id')::uuid, variant_id, warehouse_id, quantity from taking
      ), noted as (
        insert into changed_variants select distinct variant_id from taking on conflict do nothing
      )
      select exists (select from undone), (select jsonb_agg(variant_id) from lacking),
        (select jsonb_agg(jsonb_build_object('variantId', variant_id, 'available', available))
          from taken where taken.is_low and available + quantity > low_at)
      into is_undone, short, low;
    end $$;

    -- The whole act, for kit's act_at_once, where each line is to be had from one warehouse: all is
    -- written first and the levels are taken last, so that they are locked for the commit alone.
    -- Whoever finds too few left locks nothing. What is rarer is done at length.
    create function hold_at_once(given jsonb) returns jsonb language plpgsql as $$
    declare
      hold jsonb := given -> 'hold';
      variants uuid[];
      shelves uuid[];
      quantities integer[];
      lacking uuid[];
      falls_low boolean;
      is_known boolean;
      at_length constant text := 'to be done at length';
    begin
      select array_agg(variant_id order by variant_id), array_agg(quantity order by variant_id),
        array_agg(case when has >= quantity then first end order by variant_id),
        array_agg(variant_id) filter (where free < quantity)
      into variants, quantities, shelves, lacking
      from jsonb_to_recordset(hold -> 'lines') as wanted(variant_id uuid, quantity integer)
        cross join lateral (
          select coalesce(sum(on_hand - held), 0) as free,
            (array_agg(warehouse_id order by position) filter (where on_hand > held))[1] as first,
            (array_agg(on_hand - held order by position) filter (where on_hand > held))[1] as has
          from stock_levels level join warehouses on warehouses.id = warehouse_id
          where level.variant_id = wanted.variant_id
        ) as there;

      is_known := exists (select from holds where step_key = hold ->> 'stepKey');
      if lacking is not null and not is_known then
        return (given -> 'short') || jsonb_build_object('variantIds', lacking);
      elsif is_known or array_position(shelves, null) is not null then
        raise exception using errcode = 'SHOP1', message = at_length;
      end if;

      insert into holds (id, owner, step_key, reference, state, expires_at)
        values ((hold ->> 'id')::uuid, hold ->> 'owner', hold ->> 'stepKey', hold ->> 'reference',
          'HELD', (hold ->> 'expiresAt')::timestamptz)
        on conflict (step_key) do nothing;
      if not found then raise exception using errcode = 'SHOP1', message = at_length; end if;
      insert into hold_lines (hold_id, variant_id, warehouse_id, quantity)
        select (hold ->> 'id')::uuid, * from unnest(variants, shelves, quantities);
      insert into changed_variants select unnest(variants) on conflict do nothing;
      for at in 1 .. cardinality(variants) loop
        update stock_levels level set held = held + quantities[at],
          is_low = coalesce(on_hand - held - quantities[at] <= low_at, false)
        where level.variant_id = variants[at] and level.warehouse_id = shelves[at]
          and on_hand - held >= quantities[at]
        returning new.is_low and not old.is_low into falls_low;
        -- Taken by another meanwhile, or to be told of.
        if falls_low is distinct from false then
          raise exception using errcode = 'SHOP1', message = at_length;
        end if;
      end loop;
      return null;
    end $$;
  `.execute(db)
